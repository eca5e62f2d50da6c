"""Places in a tree: the order among siblings, the next free code, and why a node can't be deleted."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import ngettext

from disclosure.catalogue.models import TreeNode, TreeQuerySet
from disclosure.items.base import DisclosureItem


def siblings(node: TreeNode) -> TreeQuerySet:
    """The other nodes below the same parent, in order."""
    others: TreeQuerySet = node.nodes().filter(parent=node.parent).exclude(pk=node.pk)
    return others.tree_order()


@transaction.atomic
def place_after(node: TreeNode, before: TreeNode | None) -> None:
    """Put `node` right behind its sibling `before`, or first; siblings are numbered anew, only those that move are saved."""
    line = list(siblings(node))
    line.insert(line.index(before) + 1 if before else 0, node)
    for number, each in enumerate(line, start=1):
        if each.order != number:
            each.order = number
            each.save()


def next_order(model: type[TreeNode], parent: TreeNode | None) -> int:
    """The order of a new last child."""
    last: int | None = model.nodes().filter(parent=parent).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def next_code(model: type[TreeNode], parent: TreeNode) -> str:
    """The first code below `parent` that no node has or has had."""
    number = model.nodes().filter(parent=parent).count() + 1
    while True:
        code = f"{parent.code}.{number}"
        if not model.nodes().filter(code=code).exists() and not model.nodes().having_had(code).exists():
            return code
        number += 1


def reasons_to_keep(node: TreeNode) -> list[str]:
    """Why the node can't be deleted: what stands below it and which items, drafts included, are filed there. Empty: it can."""
    within = node.nodes().within(node.code)
    below = within.count() - 1
    field = "catalogue_item__in" if hasattr(node, "cycle") else "themes__in"
    filed = DisclosureItem.objects.filter(**{field: within}).distinct().count()
    reasons = []
    if below:
        reasons.append(ngettext("%(count)d entry stands below it", "%(count)d entries stand below it", below) % {"count": below})
    if filed:
        reasons.append(ngettext("%(count)d item is filed there", "%(count)d items are filed there", filed) % {"count": filed})
    return reasons
