"""What the admin shows of items: periods for notices, warnings after each save, no bulk publication of what is incomplete."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from disclosure.items.base import DisclosureItem
from disclosure.items.notice_rules import NoticeRule


class NoticeRuleViewSet(ModelViewSet):
    """Minimum periods and limits of notices, each with its basis."""

    model = NoticeRule
    icon = "time"
    menu_label = gettext_lazy("Periods for notices")
    menu_name = "notice-rules"
    add_to_settings_menu = True
    list_display = ["category", "what", "amount", "unit", "basis", "valid_from"]
    list_filter = ["category", "what"]
    search_fields = ["basis"]
    copy_view_enabled = True
    panels = [
        FieldRowPanel([FieldPanel("category"), FieldPanel("what")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
        FieldPanel("reason_allows_less"),
        FieldPanel("basis"),
        FieldPanel("valid_from"),
    ]


@hooks.register("register_admin_viewset")
def register_notice_rules() -> NoticeRuleViewSet:
    """The periods stand in the settings menu."""
    return NoticeRuleViewSet("notice_rules")


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_warnings(request: HttpRequest, page: Page) -> None:
    """Show the warnings about an item once after it was saved by hand; an automatic save says nothing."""
    if not isinstance(page, DisclosureItem) or request.headers.get("accept", "").startswith("application/json"):
        return
    for warning in page.warnings():
        messages.warning(request, warning)


@hooks.register("before_bulk_action")
def refuse_incomplete(request: HttpRequest, action_type: str, objects: Iterable[Any], _action: Any) -> HttpResponse | None:
    """Before a bulk publication, name the items that aren't complete and publish none; None lets it go on."""
    if action_type != "publish":
        return None
    drafts = [page.get_latest_revision_as_object() for page in objects if isinstance(page.specific, DisclosureItem) and not page.live]
    incomplete = [page for page in drafts if page.publishing_gaps()]
    for page in incomplete:
        labels = ", ".join(str(label_of(page, name)) for name in page.publishing_gaps())
        messages.error(request, format_html(_("“{title}” can't be published yet. Missing or wrong: {fields}."), title=page.title, fields=labels))
    return redirect("wagtailadmin_explore", incomplete[0].get_parent().pk) if incomplete else None


def label_of(item: DisclosureItem, name: str) -> Any:
    """The field's name for people; of a relation the name of its rows."""
    field = item._meta.get_field(name)
    return getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
