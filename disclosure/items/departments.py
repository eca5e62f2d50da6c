"""A department's place on the site: one page subtree, one group that may work in it."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission

from disclosure.items.columns import DepartmentIndexPage, DepartmentPage
from portal.departments.models import Department
from portal.departments.signals import department_changed

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")


@transaction.atomic
def establish(department: Department) -> DepartmentPage:
    """The department's page, made with its group and page permissions where they are missing; calling it again changes nothing.

    It also brings title, group name and permissions in line after the department was renamed or merged.
    """
    page = DepartmentPage.objects.filter(department=department).first()
    if page is None:
        page = DepartmentPage(title=department.name, slug=department.slug, department=department, show_in_menus=False)
        DepartmentIndexPage.objects.get().add_child(instance=page)
    elif (page.title, page.draft_title) != (department.name, department.name):
        _retitle(page, department.name)
    _ensure_group(department)
    _entrust(page, department)
    return page


def connect() -> None:
    """Keep pages and groups in line with departments from now on."""
    department_changed.connect(_on_department_changed, dispatch_uid="department_page")


def predecessors(department: Department) -> list[Department]:
    """All bodies whose duties came to `department`, directly or through others; their pages are entrusted to whom it is entrusted."""
    found: list[Department] = []
    newest = list(department.predecessors.all())
    while newest:
        found += newest
        newest = [body for each in newest for body in each.predecessors.all() if body not in found]
    return found


def _on_department_changed(department: Department, **_kwargs: Any) -> None:
    """Establish the department; before the site has its list of departments there is no place for a page."""
    if not DepartmentIndexPage.objects.exists():
        return
    establish(department)
    for body in predecessors(department):
        establish(body)


def _retitle(page: DepartmentPage, title: str) -> None:
    """Give the page its department's new name, as draft and, where it is published, live. Its address stays: links to it hold."""
    latest = page.get_latest_revision_as_object()
    latest.title = latest.draft_title = title
    revision = latest.save_revision(log_action="wagtail.edit")
    if page.live and not page.has_unpublished_changes:
        revision.publish(skip_permission_checks=True)
        page.refresh_from_db()
        return
    # Somebody's unpublished changes stay unpublished; only the name goes out.
    page.title = page.draft_title = title
    page.save(update_fields=["title", "draft_title"])


def _ensure_group(department: Department) -> None:
    """The department's own group, under a name that tells it from others of the same name."""
    name = f"{department.name} ({department.credit_code})"[:150]
    if department.group is None:
        department.group = Group.objects.get_or_create(name=name)[0]
        department.save(update_fields=["group"])
    elif department.group.name != name:
        department.group.name = name
        department.group.save(update_fields=["name"])


def _entrust(page: DepartmentPage, department: Department) -> None:
    """Let exactly one department's group work in the subtree: its own, or that of the body that answers for it."""
    answering = department.answering
    if answering.group is None:
        _ensure_group(answering)
    kept = GroupPagePermission.objects.filter(page=page)
    kept.filter(group__department__isnull=False).exclude(group=answering.group).delete()
    there = set(kept.filter(group=answering.group).values_list("permission__codename", flat=True))
    missing = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=set(PAGE_PERMISSIONS) - there)
    GroupPagePermission.objects.bulk_create(GroupPagePermission(group=answering.group, page=page, permission=permission) for permission in missing)
