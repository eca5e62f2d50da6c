"""Pages of a long list: only the ids are sorted and skipped over, the rows of one page are fetched by id."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator

from disclosure.items.base import DisclosureItem, ItemQuerySet

PER_PAGE = 20
# Up to here the rows are read at once; beyond, skipping whole rows costs more than a second query.
NEAR = 1000
NEWEST, OLDEST, TITLE = "newest", "oldest", "title"
ORDERS: dict[str, tuple[str, ...]] = {
    NEWEST: ("-published_at", "-pk"),
    OLDEST: ("published_at", "pk"),
    TITLE: ("title", "-published_at", "-pk"),
}


class ItemPaginator(Paginator):  # type: ignore[type-arg]  # generic only for the checker
    """Paginator of items that holds at 100,000 rows; what lies past the middle is counted from the end."""

    def __init__(self, items: ItemQuerySet, order: str = NEWEST, per_page: int = PER_PAGE) -> None:
        super().__init__(items, per_page)
        self.items, self.order = items, ORDERS[order]

    @cached_property
    def count(self) -> int:
        """Number of items, without the sorting."""
        return self.items.order_by().count()

    def page(self, number: Any) -> PageOfRows[Any]:
        """The page `number`; raises InvalidPage beyond the end (`get_page` gives the last instead)."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        near = stop <= NEAR
        rows = list(self.items.order_by(*self.order).for_list()[start:stop]) if near else self.rows(self.ids(start, stop))
        return PageOfRows(rows, number, self)

    def ids(self, start: int, stop: int) -> list[int]:
        """Ids of the items from `start` up to, not including, `stop`."""
        if start <= self.count // 2:
            return list(self.items.order_by(*self.order).values_list("pk", flat=True)[start:stop])
        backwards = self.items.order_by(*self.order).reverse().values_list("pk", flat=True)
        return list(backwards[self.count - stop : self.count - start])[::-1]

    @staticmethod
    def rows(ids: list[int]) -> list[DisclosureItem]:
        """The items of `ids` in that order, with what a row shows."""
        found = DisclosureItem.objects.filter(pk__in=ids).for_list().in_bulk()
        return [found[pk] for pk in ids if pk in found]


def latest(items: ItemQuerySet, count: int) -> list[DisclosureItem]:
    """The newest `count` items, ready to be listed; one query."""
    return list(items.newest_first().for_list()[:count])


def year_range(year: int, zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
    """First moment of `year` and of the next one in `zone`."""
    return dt.datetime(year, 1, 1, tzinfo=zone), dt.datetime(year + 1, 1, 1, tzinfo=zone)
