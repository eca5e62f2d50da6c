"""How many public items each node of a tree holds, counted with one grouped query and rolled up in memory."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from disclosure.items.base import DisclosureItem, ItemQuerySet


@dataclass(frozen=True)
class Figures:
    """What stands in a node and below it."""

    total: int = 0
    this_month: int = 0
    last: dt.datetime | None = None

    def __add__(self, other: "Figures") -> "Figures":
        """Both together; the later of the two last publications."""
        lasts = [last for last in (self.last, other.last) if last]
        return Figures(self.total + other.total, self.this_month + other.this_month, max(lasts, default=None))


NOTHING = Figures()
KEPT_SECONDS = 60
"""How old the numbers beside a tree may be; lists and their totals are always exact."""


def month_start(day: dt.date) -> dt.datetime:
    """Midnight of the county's clock on the first of the month."""
    return timezone.make_aware(dt.datetime.combine(day.replace(day=1), dt.time()))


def figures_by_leaf(items: ItemQuerySet, day: dt.date) -> dict[int, Figures]:
    """Catalogue item id → figures of what is filed right there; one query whatever the number of items."""
    rows = (
        items.filter(catalogue_item__isnull=False)
        .order_by()
        .values("catalogue_item")
        .annotate(total=Count("pk"), recent=Count("pk", filter=Q(published_at__gte=month_start(day))), last=Max("published_at"))
        .values_list("catalogue_item", "total", "recent", "last")
    )
    return {leaf: Figures(total, recent, last) for leaf, total, recent, last in rows}


def totals_by_theme(items: ItemQuerySet) -> dict[int, int]:
    """Theme id → number of items; an item of two themes below one level-1 theme counts once in that one. Two queries."""
    marked = items.filter(themes__isnull=False).order_by()
    own = dict(marked.values_list("themes").annotate(Count("pk")))
    top = dict(marked.annotate(top=Coalesce("themes__parent", "themes")).values_list("top").annotate(Count("pk", distinct=True)))
    return {**own, **top}


def sum_of(figures: Iterable[Figures]) -> Figures:
    """All of them together."""
    return sum(figures, NOTHING)


def figures_now(day: dt.date) -> dict[int, Figures]:
    """`figures_by_leaf` of everything public, at most KEPT_SECONDS old: a busy page doesn't count the county anew each time."""
    found = cache.get_or_set(f"catalogue-figures-{day:%Y%m%d}", lambda: figures_by_leaf(public_items(), day), KEPT_SECONDS)
    return found or {}


def theme_totals_now() -> dict[int, int]:
    """`totals_by_theme` of everything public, at most KEPT_SECONDS old."""
    found = cache.get_or_set("theme-totals", lambda: totals_by_theme(public_items()), KEPT_SECONDS)
    return found or {}


def public_items() -> ItemQuerySet:
    """Everything that everybody may see."""
    return DisclosureItem.objects.public()
