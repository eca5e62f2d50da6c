"""A tree read with one query and held in memory: it has some hundred nodes, the items are counted elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from disclosure.catalogue.counts import NOTHING, Figures, sum_of
from disclosure.catalogue.models import CatalogueItem, TreeQuerySet


@dataclass
class Branch:
    """A node (CatalogueItem or SubjectTheme) with what stands below it."""

    node: Any
    children: list["Branch"] = field(default_factory=list)
    figures: Figures = NOTHING
    is_open: bool = False
    is_current: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether nothing stands below it."""
        return not self.children

    def walk(self) -> Iterator["Branch"]:
        """The branch and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> list["Branch"]:
        """The leaves of this branch; itself when it is one."""
        return [branch for branch in self.walk() if branch.is_leaf]


@dataclass
class Tree:
    """All branches, by code and from the top."""

    roots: list[Branch]
    by_code: dict[str, Branch]

    def path_to(self, code: str) -> list[Branch]:
        """The branches from the top down to `code`, which comes last."""
        path = [self.by_code[code]]
        while path[0].node.parent_id:
            path.insert(0, self._of_id(path[0].node.parent_id))
        return path

    def mark(self, code: str) -> None:
        """Make `code` the current branch and open the way to it."""
        for branch in self.path_to(code):
            branch.is_open = True
        self.by_code[code].is_current = True

    def _of_id(self, pk: int) -> Branch:
        return next(branch for branch in self.by_code.values() if branch.node.pk == pk)


def grow(nodes: Iterable[Any], figures: Mapping[int, Figures]) -> Tree:
    """The tree of `nodes`, which come in tree order; figures of a node are its own and those of all below it."""
    by_id: dict[int, Branch] = {}
    roots: list[Branch] = []
    for node in nodes:
        branch = by_id[node.pk] = Branch(node, figures=figures.get(node.pk, NOTHING))
        above = by_id.get(node.parent_id or 0)
        if above:
            node.parent = above.node
        (above.children if above else roots).append(branch)
    for branch in reversed(by_id.values()):
        branch.figures = branch.figures + sum_of(child.figures for child in branch.children)
    return Tree(roots, {branch.node.code: branch for branch in by_id.values()})


def leaves_only(items: TreeQuerySet) -> TreeQuerySet:
    """Those of `items` with nothing below them: only a leaf holds items and columns of the standard table."""
    return items.filter(children__isnull=True)


def catalogue_nodes() -> list[CatalogueItem]:
    """Every node of the disclosure catalogue in tree order."""
    return list(CatalogueItem.objects.tree_order())
