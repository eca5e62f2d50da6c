"""A department's place on the site: one page subtree, one group that may work in it."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page

from disclosure.items.columns import DepartmentIndexPage, DepartmentPage
from portal.departments.models import Department

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")


@transaction.atomic
def establish(department: Department) -> DepartmentPage:
    """The department's page, made with its group and page permissions where they are missing; calling it again changes nothing."""
    page = DepartmentPage.objects.filter(department=department).first()
    if page is None:
        page = DepartmentPage(title=department.name, slug=department.slug, department=department, show_in_menus=False)
        DepartmentIndexPage.objects.get().add_child(instance=page)
    _ensure_group(department, page)
    return page


def _ensure_group(department: Department, page: Page) -> Group:
    if department.group is None:
        department.group = Group.objects.get_or_create(name=f"{department.name} ({department.credit_code})"[:150])[0]
        department.save(update_fields=["group"])
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(group=department.group, page=page, permission=permission)
    return department.group
