"""Index numbers for a batch of imported items: reserved in one go, those that a source brought along are kept."""

from collections import defaultdict
from collections.abc import Sequence

from disclosure.importing.rows import ItemRow
from disclosure.items.base import DisclosureItem
from disclosure.items.index_number import pattern, take_serials
from portal.departments.models import Department
from portal.site.index_pattern import fill_pattern


def give_index_numbers(department: Department, rows: Sequence[ItemRow]) -> None:
    """Set the index number of every row that has none yet."""
    by_year: dict[int, list[ItemRow]] = defaultdict(list)
    for row in rows:
        if not row.index_number:
            by_year[row.year].append(row)
    brought = {row.index_number for row in rows if row.index_number}
    for year, group in by_year.items():
        for row, number in zip(group, _free_numbers(department, year, len(group), brought), strict=True):
            row.index_number = number


def _free_numbers(department: Department, year: int, amount: int, brought: set[str]) -> list[str]:
    """The next `amount` free numbers; skips those that items of other sources already bear."""
    shape, found = pattern(), list[str]()
    while len(found) < amount:
        serials = take_serials(department, year, amount - len(found))
        numbers = [fill_pattern(shape, department.credit_code, year, serial) for serial in serials]
        taken = brought | set(DisclosureItem._base_manager.filter(index_number__in=numbers).values_list("index_number", flat=True))
        found += [number for number in numbers if number not in taken]
    return found
