"""Which pages the explorer shows somebody: the rows that Wagtail's policy gives, asked for so that an index answers.

Wagtail joins three conditions for each permission (add, change, publish) to one over everything below the first common ancestor; with 100,000 pages on the
site the database then reads all of them for an editor whose department has a hundred.
"""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

# Each of them alone opens a subtree to the explorer.
OPENING = {"add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"}


class SubtreePolicy(PagePermissionPolicy):
    """Wagtail's policy with a lighter query for people who work in whole subtrees."""

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """The subtrees somebody works in, and the way down to them from their first common ancestor."""
        if self._base_queryset_for_user(user) is not None:
            return super().explorable_instances(user)
        permissions = self.get_cached_permissions_for_user(user)
        subtrees = {each.page.path for each in permissions if each.permission.codename in OPENING}
        if not subtrees or any(each.page.path not in subtrees for each in permissions):
            return super().explorable_instances(user)
        return self.model._default_manager.filter(within(topmost(subtrees), self.model.steplen))


def topmost(paths: set[str]) -> list[str]:
    """Those of `paths` that lie below no other of them."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def within(paths: list[str], step: int) -> Q:
    """Pages in the subtrees at `paths` (each `step` characters a level), and their ancestors from the first common one on."""
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return below | Q(path__in=sorted(way_down(paths, step)))


def way_down(paths: list[str], step: int) -> set[str]:
    """Paths of the ancestors that lead from the first common one (the parent, where there is one subtree only) to each of `paths`."""
    common = paths[0][:-step]
    while not all(path.startswith(common) for path in paths):
        common = common[:-step]
    start = max(len(common), step)
    return {path[:length] for path in paths for length in range(start, len(path), step)}


def install() -> None:
    """Use it for all pages; before anything asks for the policy."""
    register_permission_policy(Page, SubtreePolicy(Page))
