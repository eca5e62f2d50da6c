"""Roles of the staff as groups: one table that says what each may do, one function that makes it so.

Page rights come from elsewhere: an editor works in the subtree of the department whose group he or she is in as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Site, Workflow

ADMIN = ("wagtailadmin.access_admin",)
CHOOSE_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
# Who may add files may change and delete what he or she added: Wagtail's rule for collections.
OWN_FILES = (*CHOOSE_FILES, "wagtailimages.add_image", "wagtaildocs.add_document")
ALL_FILES = (*OWN_FILES, "wagtailimages.change_image", "wagtaildocs.change_document")
WHOLE_SITE = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def every(app_label: str, *models: str, but: Iterable[str] = ()) -> tuple[str, ...]:
    """All four permissions on each of the models, save the actions in `but`."""
    return tuple(f"{app_label}.{action}_{model}" for model in models for action in ("view", "add", "change", "delete") if action not in but)


@dataclass(frozen=True)
class Role:
    """A role: its stable key, the name of its group, and what it may do with models, with files, and with the pages of the whole site."""

    key: str
    group_name: str
    models: tuple[str, ...]
    files: tuple[str, ...] = CHOOSE_FILES
    pages: tuple[str, ...] = ()

    @property
    def group(self) -> Group:
        """The group of this role; Group.DoesNotExist before `ensure_roles` has run."""
        return Group.objects.get(name=self.group_name)


EDITOR = Role("editor", "编辑", ADMIN, OWN_FILES)
REVIEWER = Role("reviewer", "审核", ADMIN)
CHIEF = Role("chief", "签发", ADMIN)
DISCLOSURE_OFFICE = Role(
    "disclosure_office",
    "政务公开办",
    (
        *ADMIN,
        *every("disclosure", "catalogueitem", "subjecttheme"),
        *every("disclosure", "correctionreport", but=["add"]),
        *every("portal", "department", but=["delete"]),
        "portal.change_portalsettings",
        *every("wagtailredirects", "redirect"),
        *every("wagtailsearchpromotions", "query", "searchpromotion"),
    ),
    (*ALL_FILES, *every("wagtailcore", "collection", but=["view"])),
    WHOLE_SITE,
)
SUPERVISION_OFFICE = Role(
    "supervision_office",
    "督查室",
    (
        *ADMIN,
        *every("portal", "calendarday", but=["delete"]),
        "portal.view_department",
        "disclosure.view_catalogueitem",
        *every("disclosure", "correctionreport", but=["add", "delete"]),
    ),
)
OPERATOR = Role(
    "operator",
    "系统管理",
    (
        *ADMIN,
        *every("auth", "user"),
        *every("wagtailcore", "site"),
        *every("wagtailredirects", "redirect"),
        "portal.change_portalsettings",
    ),
)
ROLES = (EDITOR, REVIEWER, CHIEF, DISCLOSURE_OFFICE, SUPERVISION_OFFICE, OPERATOR)

# What Wagtail's own migrations make; they would show in every list of groups beside the roles, and may edit the whole site.
WAGTAIL_GROUPS = ("Moderators", "Editors")
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def ensure_roles() -> dict[str, Group]:
    """The groups of all roles by key, made and granted what they lack; safe to call again.

    Nothing is taken from a group: what a county granted besides stays. Permissions of an app that isn't there yet are granted at the next call.
    """
    groups = {role.key: Group.objects.get_or_create(name=role.group_name)[0] for role in ROLES}
    known = _permissions()
    for role in ROLES:
        group = groups[role.key]
        group.permissions.add(*_those(known, role.models))
        _grant_files(group, _those(known, role.files))
        _grant_pages(group, _those(known, [f"wagtailcore.{codename}" for codename in role.pages]))
    _take_over_workflow(groups[REVIEWER.key])
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user__isnull=True).delete()
    return groups


def _permissions() -> dict[str, Permission]:
    """All permissions by `app_label.codename`."""
    return {f"{each.content_type.app_label}.{each.codename}": each for each in Permission.objects.select_related("content_type")}


def _those(known: dict[str, Permission], names: Iterable[str]) -> list[Permission]:
    return [known[name] for name in names if name in known]


def _grant_files(group: Group, permissions: list[Permission]) -> None:
    """On the root collection, that is on all of them; a database without collections grants nothing yet."""
    root = Collection.get_first_root_node()
    if root is None:
        return
    there = set(GroupCollectionPermission.objects.filter(group=group, collection=root).values_list("permission_id", flat=True))
    missing = [each for each in permissions if each.pk not in there]
    GroupCollectionPermission.objects.bulk_create(GroupCollectionPermission(group=group, collection=root, permission=each) for each in missing)


def _grant_pages(group: Group, permissions: list[Permission]) -> None:
    """On the home page of the default site, that is on the whole tree below it."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not permissions:
        return
    there = set(GroupPagePermission.objects.filter(group=group, page=site.root_page_id).values_list("permission_id", flat=True))
    missing = [each for each in permissions if each.pk not in there]
    GroupPagePermission.objects.bulk_create(GroupPagePermission(group=group, page_id=site.root_page_id, permission=each) for each in missing)


def _take_over_workflow(reviewers: Group) -> None:
    """Let the reviewers answer for what is submitted; Wagtail's default workflow asks a group that nobody is in."""
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW).update(name=REVIEWER.group_name)
    for task in GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW):
        task.name = REVIEWER.group_name
        task.save()
        task.groups.set([reviewers])
