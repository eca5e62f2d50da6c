"""Every event that the index must hear, turned into rows of the outbox in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from disclosure.items.base import DisclosureItem, ItemAttachment
from disclosure.items.columns import DepartmentPage
from disclosure.items.signals import items_changed
from portal.departments.models import Department
from search.outbox import record


def connect() -> None:
    """Listen; called once when the app is ready."""
    post_save.connect(page_saved, dispatch_uid="search-page-saved")
    post_delete.connect(page_deleted, dispatch_uid="search-page-deleted")
    post_save.connect(department_saved, sender=Department, dispatch_uid="search-department-saved")
    post_save.connect(attachment_saved, sender=ItemAttachment, dispatch_uid="search-attachment-saved")
    page_slug_changed.connect(address_changed, dispatch_uid="search-slug-changed")
    post_page_move.connect(address_changed, dispatch_uid="search-page-moved")
    post_save.connect(lock_changed, sender=PageViewRestriction, dispatch_uid="search-lock-saved")
    post_delete.connect(lock_changed, sender=PageViewRestriction, dispatch_uid="search-lock-deleted")
    items_changed.connect(many_items_changed, dispatch_uid="search-items-changed")


def page_saved(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """An item or department page was published, changed, or taken back: all of them save the page."""
    if raw:
        return
    if issubclass(sender, DisclosureItem):
        record("item", [instance.pk])
    elif sender is DepartmentPage:
        record("department", [instance.pk])


def page_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A page is gone."""
    page_saved(sender, instance)


def department_saved(instance: Department, **kwargs: Any) -> None:
    """Name, duties or phone of a department changed."""
    record("department", list(DepartmentPage.objects.filter(department=instance).values_list("pk", flat=True)))


def attachment_saved(instance: ItemAttachment, **kwargs: Any) -> None:
    """A file was added to an item."""
    record("item", [instance.item_id])


def address_changed(instance: Page, **kwargs: Any) -> None:
    """A page moved or got another address, and all pages below it with it."""
    below = Page.objects.descendant_of(instance, inclusive=True)
    record("item", list(DisclosureItem.objects.filter(pk__in=below.values("pk")).values_list("pk", flat=True)))
    record("department", list(DepartmentPage.objects.filter(pk__in=below.values("pk")).values_list("pk", flat=True)))


def lock_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page was locked or opened, and all pages below it with it; a lock that goes with its page tells nothing new."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        address_changed(page)


def many_items_changed(ids: list[int], **kwargs: Any) -> None:
    """An import wrote a batch of items without a signal for each."""
    record("item", ids)
