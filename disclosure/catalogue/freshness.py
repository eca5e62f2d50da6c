"""What has gone stale or was never filled: each leaf of each responsible department, and the columns that inspectors veto.

Three reads (leaves with their departments, departments, the last publication of each pair) answer for the whole county;
everything else is arithmetic on a day that is handed in (standards §3.5, §4.1, §15 row 14).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.catalogue.counts import public_items
from disclosure.catalogue.models import CatalogueItem
from disclosure.catalogue.tree import leaves_only
from disclosure.items.column_view import items_of, lists_items
from disclosure.items.columns import SectionPage
from disclosure.items.kinds import ColumnType
from portal.departments.models import Department
from portal.site.models import PortalSettings

CYCLE_DAYS: dict[str, int] = {"fortnight": 14, "month": 31, "quarter": 92, "half_year": 184, "year": 366}
"""The longest that each update cycle can last, in days; a cycle is never counted shorter than the calendar makes it."""

DUE_SOON = 0.8
"""Part of the cycle after which the owner is reminded (standards §15 row 14)."""

NEWS_COLUMNS = frozenset({ColumnType.NEWS, ColumnType.NOTICES, ColumnType.POLICY})
HOME_PAGE_DAYS = 14


class State(StrEnum):
    """How fresh something is; the worst come first."""

    EMPTY = "empty"
    STALE = "stale"
    DUE_SOON = "due_soon"
    FRESH = "fresh"

    @property
    def label(self) -> Promise:
        """The state in words."""
        return LABELS[self]

    @property
    def is_bad(self) -> bool:
        """Whether somebody must publish."""
        return self in (State.EMPTY, State.STALE)


LABELS: dict[State, Promise] = {
    State.EMPTY: _("empty"), State.STALE: _("overdue"), State.DUE_SOON: _("due soon"), State.FRESH: _("up to date"),
}


@dataclass(frozen=True)
class Duty:
    """One leaf of one responsible department; `due` is the last day for the next publication, None without a cycle."""

    leaf: CatalogueItem
    department: Department
    total: int
    last: dt.date | None
    due: dt.date | None
    state: State


@dataclass(frozen=True)
class ColumnFreshness:
    """A column with a freshness rule."""

    page: SectionPage
    last: dt.date | None
    due: dt.date | None
    state: State

    @property
    def is_news(self) -> bool:
        """Whether it counts among news, notices and policy documents."""
        return self.page.column_type in NEWS_COLUMNS


@dataclass(frozen=True)
class Thresholds:
    """From how many columns on inspectors veto the site; provinces set other numbers (standards §4)."""

    stale_news: int = 5
    stale_other: int = 10
    empty: int = 5


@dataclass(frozen=True)
class Veto:
    """The count of the inspection item “columns not updated” and whether it vetoes the site."""

    stale_news: int
    stale_other: int
    empty: int
    home_page_stale: bool
    thresholds: Thresholds = Thresholds()

    @property
    def is_veto(self) -> bool:
        """Any one of the four is enough."""
        limits = self.thresholds
        return self.home_page_stale or self.stale_news >= limits.stale_news or self.stale_other >= limits.stale_other or self.empty >= limits.empty


def state_of(last: dt.date | None, days: int | None, day: dt.date) -> tuple[dt.date | None, State]:
    """Due date of the next publication and state on `day`, for something that is renewed every `days` days (None: as it arises)."""
    if last is None:
        return None, State.EMPTY
    if not days:
        return None, State.FRESH
    due = last + dt.timedelta(days=days)
    if day > due:
        return due, State.STALE
    return due, State.DUE_SOON if (day - last).days >= days * DUE_SOON else State.FRESH


def duties(day: dt.date, *, department: str = "") -> list[Duty]:
    """Every leaf × responsible department, in the order of the tree; of one department (slug) when given. Four queries at most.

    A closed department's duty and its items fall to the one that answers for it today.
    """
    answering = {body.pk: body.answering for body in Department.objects.select_related("successor")}
    published = _last_publications(answering)
    leaves = {leaf.pk: leaf for leaf in leaves_only(CatalogueItem.objects.all()).only("pk", "code", "name", "cycle", "sort_path")}
    pairs = CatalogueItem.departments.through.objects.filter(catalogueitem__in=leaves).values_list("catalogueitem", "department")
    wanted = {(leaf, answering[body].pk): answering[body] for leaf, body in pairs if not department or answering[body].slug == department}
    found = [_duty(leaves[leaf], body, published.get((leaf, pk), (0, None)), day) for (leaf, pk), body in wanted.items()]
    return sorted(found, key=lambda duty: (duty.leaf.sort_path, duty.department.order, duty.department.pk))


def _duty(leaf: CatalogueItem, body: Department, published: tuple[int, dt.date | None], day: dt.date) -> Duty:
    total, last = published
    due, state = state_of(last, CYCLE_DAYS.get(leaf.cycle), day)
    return Duty(leaf, body, total, last, due, state)


def _last_publications(answering: Mapping[int, Department]) -> dict[tuple[int, int], tuple[int, dt.date | None]]:
    """(leaf, answering department) → number of public items and day of the last one; one grouped query."""
    rows = public_items().filter(catalogue_item__isnull=False).order_by().values_list("catalogue_item", "department").annotate(Count("pk"), Max("published_at"))
    merged: dict[tuple[int, int], tuple[int, dt.date | None]] = {}
    for leaf, body, count, last in rows:
        key = (leaf, answering[body].pk)
        total, day = merged.get(key, (0, None))
        merged[key] = (total + count, max(filter(None, (day, _local_day(last))), default=None))
    return merged


def _local_day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def columns(day: dt.date) -> list[ColumnFreshness]:
    """Public columns with a freshness rule, worst first; one query for each besides the list of them."""
    found = []
    for page in SectionPage.objects.live().public().filter(fresh_days__isnull=False).select_related("catalogue_item").order_by("path"):
        last = _local_day(items_of(page).order_by().aggregate(last=Max("published_at"))["last"]) if lists_items(page) else None
        if lists_items(page):
            found.append(ColumnFreshness(page, last, *state_of(last, page.fresh_days, day)))
    return sorted(found, key=lambda column: list(State).index(column.state))


def veto(found: Iterable[ColumnFreshness], last_anywhere: dt.date | None, day: dt.date, thresholds: Thresholds = Thresholds()) -> Veto:
    """Count `found` columns as the inspection does; a home page without anything new for two weeks is a veto by itself."""
    listed = list(found)
    stale = [column for column in listed if column.state == State.STALE]
    return Veto(
        stale_news=sum(column.is_news for column in stale),
        stale_other=sum(not column.is_news for column in stale),
        empty=sum(column.state == State.EMPTY for column in listed),
        home_page_stale=last_anywhere is None or (day - last_anywhere).days > HOME_PAGE_DAYS,
        thresholds=thresholds,
    )


def thresholds() -> Thresholds:
    """The numbers that the county set."""
    settings = PortalSettings.objects.order_by("site__pk").first()
    return Thresholds(settings.veto_stale_news, settings.veto_stale_other, settings.veto_empty) if settings else Thresholds()


def last_anywhere() -> dt.date | None:
    """The day of the newest public item of the site."""
    return _local_day(public_items().order_by("-published_at").values_list("published_at", flat=True).first())
