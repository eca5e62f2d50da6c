"""标准目录: the rows of the standard catalogue in exactly the columns of the national form (standards §1.2, §15 row 30).

The words of the form are fixed by the standard, so they stand here in Chinese and are the same on the page, in CSV and in XLSX.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from disclosure.catalogue.limits import limit_words
from disclosure.catalogue.models import CatalogueItem, TreeQuerySet
from disclosure.catalogue.tree import leaves_only
from disclosure.items.kinds import Mode
from portal.departments.models import Department

COLUMN_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("序号", ()),
    ("公开事项", ("一级事项", "二级事项")),
    ("公开内容（要素）", ()),
    ("公开依据", ()),
    ("公开时限", ()),
    ("公开主体", ()),
    ("公开渠道和载体", ()),
    ("公开对象", ("全社会", "特定群体")),
    ("公开方式", ("主动", "依申请")),
    ("公开层级", ("县级", "乡级", "村级")),
)
"""The ten column groups of §1.2 with the columns below them."""

HEADER: tuple[str, ...] = tuple(column for group, below in COLUMN_GROUPS for column in (below or (group,)))
"""The header of one line, for CSV."""

TICK = "√"
LEVELS = ("county", "township", "village")


@dataclass(frozen=True)
class Row:
    """One line of the table; `span` is the number of lines that share the level-1 item, 0 where an earlier line shows it."""

    number: int
    level1: str
    leaf: CatalogueItem
    limit: str
    bodies: str
    channels: str
    span: int = 1

    @property
    def ticks(self) -> tuple[bool, ...]:
        """The seven columns that are ticked or empty: audience, mode, level."""
        leaf = self.leaf
        everybody, proactive = leaf.audience == leaf.Audience.EVERYBODY, leaf.mode == Mode.PROACTIVE
        return (everybody, not everybody, proactive, not proactive, leaf.county_level, leaf.township_level, leaf.village_level)

    @property
    def cells(self) -> list[str | int]:
        """The line in the order of HEADER."""
        ticks = [TICK if tick else "" for tick in self.ticks]
        if self.leaf.audience_note and ticks[1]:
            ticks[1] = f"{TICK}（{self.leaf.audience_note}）"
        return [self.number, self.level1, self.leaf.name, self.leaf.elements, self.leaf.basis, self.limit, self.bodies, self.channels, *ticks]


def select_leaves(branch: str = "", department: str = "", level: str = "") -> TreeQuerySet:
    """Leaves of the catalogue with their departments: below a code, of one department (slug), at one level; empty chooses nothing."""
    leaves = leaves_only(CatalogueItem.objects.within(branch) if branch else CatalogueItem.objects.all())
    if department:
        leaves = leaves.filter(departments__slug=department)
    if level in LEVELS:
        leaves = leaves.filter(**{f"{level}_level": True})
    return leaves.tree_order().select_related("parent").prefetch_related(responsible())


def responsible() -> "Prefetch[str]":
    """The departments of many leaves with one query."""
    return Prefetch("departments", Department.objects.only("pk", "short_name", "name", "kind", "order"))


def table_rows(leaves: Iterable[CatalogueItem]) -> list[Row]:
    """The lines of the table; leaves of the same level-1 item stand together, as they do in tree order."""
    sizes = bodies_in_office()
    rows: list[Row] = []
    for level1, group in groupby(leaves, key=lambda leaf: leaf.parent):
        below = list(group)
        for place, leaf in enumerate(below):
            rows.append(_row(len(rows) + 1, level1.name if level1 else leaf.name, leaf, sizes, 0 if place else len(below)))
    return rows


def _row(number: int, level1: str, leaf: CatalogueItem, sizes: dict[str, int], span: int) -> Row:
    return Row(number, level1, leaf, limit_words(leaf), body_names(list(leaf.departments.all()), sizes), "、".join(leaf.channel_labels), span)


def bodies_in_office() -> dict[str, int]:
    """Kind of department → how many of them have not been closed."""
    kinds = list(Department.objects.filter(closed_on__isnull=True).values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in set(kinds)}


def body_names(bodies: Sequence[Department], sizes: dict[str, int]) -> str:
    """The responsible bodies in one line; where all of a kind are responsible, one word stands for them."""
    words = {
        Department.Kind.DEPARTMENT.value: _("all departments"),
        Department.Kind.TOWNSHIP.value: _("all townships"),
        Department.Kind.COUNTY_OFFICE.value: _("all county offices"),
    }
    by_kind = {kind: [body for body in bodies if body.kind == kind] for kind in words}
    whole = {kind for kind, found in by_kind.items() if len(found) > 1 and len(found) >= sizes.get(kind, 0)}
    named = [str(body) for body in bodies if body.kind not in whole]
    return "、".join([*named, *(words[kind] for kind in words if kind in whole)])
