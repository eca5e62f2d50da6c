"""The catalogue a county starts with: Art. 20 and 21 of the Regulation and the 22 subject themes, read from `data/*.toml`.

Rows are known by their code. What is there stays as the operator left it unless `overwrite` is given; a leaf that has
no responsible department yet gets those of the data, so that seeding again after departments were added completes it.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from disclosure.catalogue.models import CatalogueItem, Channel, SubjectTheme, TreeNode
from portal.departments.models import Department

DATA = Path(__file__).parent / "data"
ITEM_FILES = ("article20.toml", "article20b.toml", "article21.toml", "article21t.toml")
THEME_FILE = "themes.toml"

Node = TypeVar("Node", bound=TreeNode)

GROUPS: dict[str, tuple[str, ...]] = {
    "*all": tuple(Department.Kind.values),
    "*departments": (Department.Kind.DEPARTMENT,),
    "*townships": (Department.Kind.TOWNSHIP,),
    "*offices": (Department.Kind.COUNTY_OFFICE,),
}
"""Words of the data for many departments at once → kinds of departments."""


@dataclass(frozen=True)
class Leaf:
    """One item of the data: its row and the responsible departments as slugs and group words."""

    code: str
    values: dict[str, Any]
    departments: tuple[str, ...] = ()

    @property
    def parent_code(self) -> str:
        """The code it stands below; empty at the top."""
        return self.code.rpartition(".")[0]


@dataclass
class SeedReport:
    """What seeding did, in codes."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    unknown_departments: set[str] = field(default_factory=set)


@transaction.atomic
def seed_catalogue(*, overwrite: bool = False) -> SeedReport:
    """Put catalogue and themes of the data into the database; running it again changes nothing."""
    report = SeedReport()
    theme_rows, item_rows = _rows_by_code(SubjectTheme), _rows_by_code(CatalogueItem)
    for theme in themes():
        _put(theme_rows, SubjectTheme, theme, report, overwrite=overwrite)
    by_word, present = _departments_by_word(), _departments_by_row()
    for leaf in items():
        row = _put(item_rows, CatalogueItem, leaf, report, overwrite=overwrite)
        report.unknown_departments |= {word for word in leaf.departments if word not in by_word and word not in GROUPS}
        wanted = {body.pk for word in leaf.departments for body in by_word.get(word, [])}
        _name_departments(row, wanted, present.get(row.pk, set()), report, overwrite=overwrite)
    return report


def department_slugs() -> list[str]:
    """The slugs of departments that the data names as responsible."""
    return sorted({word for leaf in items() for word in leaf.departments if word not in GROUPS})


def items() -> Iterator[Leaf]:
    """Nodes of the disclosure catalogue, parents before children."""
    for name in ITEM_FILES:
        data = _read(name)
        root, defaults = data["root"], data["defaults"]
        if "name" in root:
            yield _node(root, {}, root["order"])
        for branch in data["branch"]:
            yield _node(branch, {}, _last_number(branch["code"]))
            for leaf in branch["leaf"]:
                yield _leaf(leaf, {**defaults, **branch}, _last_number(leaf["code"]))


def themes() -> Iterator[Leaf]:
    """Nodes of the subject themes: “04” and below it “04.02”."""
    for number, (name, below) in enumerate(_read(THEME_FILE)["themes"].items(), start=1):
        yield Leaf(f"{number:02d}", {"name": name, "order": number})
        for place, second in enumerate(below, start=1):
            yield Leaf(f"{number:02d}.{place:02d}", {"name": second, "order": place})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


def _last_number(code: str) -> int:
    return int(code.rpartition(".")[2])


def _node(entry: dict[str, Any], extra: dict[str, Any], order: int) -> Leaf:
    """A root or branch: a heading with a sentence, without the columns of the standard table."""
    return Leaf(entry["code"], {"name": entry["name"], "order": order, "article": entry["article"], "description": entry["description"], **extra})


def _leaf(entry: dict[str, Any], inherited: dict[str, Any], order: int) -> Leaf:
    """A leaf with every column of the standard table; what it leaves out comes from its branch, then from the defaults."""
    full = {**inherited, **entry}
    amount, _space, unit = full["limit"].partition(" ")
    columns = {
        "elements": full["elements"],
        "basis": full["basis"],
        "limit_amount": int(amount) if amount else None,
        "limit_unit": unit or CatalogueItem.Unit.WORKING_DAYS,
        "limit_from": full["from"],
        "channels": [Channel(value).value for value in full["channels"]],
        "audience": full["audience"],
        "audience_note": full.get("audience_note", ""),
        "mode": full["mode"],
        "cycle": full["cycle"],
        "needs_basis": full.get("needs_basis", False),
        **{f"{level}_level": level in full["levels"] for level in ("county", "township", "village")},
    }
    return Leaf(full["code"], _node(full, columns, order).values, tuple(full["departments"]))


def _rows_by_code(model: type[Node]) -> dict[str, Node]:
    """Every row of the tree by its code and by the codes it had before."""
    rows = list(model.nodes().all())
    former = {code: row for row in rows for code in row.former_codes.split()}
    return former | {row.code: row for row in rows}


def _put(rows: dict[str, Node], model: type[Node], leaf: Leaf, report: SeedReport, *, overwrite: bool) -> Node:
    """The row of `leaf`, made when it is missing, brought back to the data when `overwrite` is given."""
    row = rows.get(leaf.code)
    if row is None:
        row = rows[leaf.code] = model(code=leaf.code, parent=rows.get(leaf.parent_code), **leaf.values)
        row.save()
        report.created.append(leaf.code)
    elif overwrite and any(getattr(row, name) != value for name, value in leaf.values.items()):
        for name, value in leaf.values.items():
            setattr(row, name, value)
        row.save()
        report.updated.append(leaf.code)
    else:
        report.kept.append(leaf.code)
    return row


def _departments_by_word() -> dict[str, list[Department]]:
    """Slug → the department that answers today, and group word → departments still in office."""
    found = list(Department.objects.select_related("successor"))
    by_word = {body.slug: [body.answering] for body in found}
    for word, kinds in GROUPS.items():
        by_word[word] = [body for body in found if body.kind in kinds and body.closed_on is None]
    return by_word


def _departments_by_row() -> dict[int, set[int]]:
    """Catalogue item id → ids of its responsible departments now."""
    found: dict[int, set[int]] = {}
    for row, body in CatalogueItem.departments.through.objects.values_list("catalogueitem", "department"):
        found.setdefault(row, set()).add(body)
    return found


def _name_departments(row: CatalogueItem, wanted: set[int], present: set[int], report: SeedReport, *, overwrite: bool) -> None:
    """Give the leaf its responsible departments when it has none yet, or when `overwrite` is given."""
    if wanted and wanted != present and (overwrite or not present):
        row.departments.set(wanted)
        if row.code in report.kept:
            report.completed.append(row.code)
