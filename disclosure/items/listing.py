"""Lists of items: read the filters from the address, apply them, and say what can be chosen.

Every list of the site (columns, departments, catalogue, all items) is made here, so that a filter means the same
everywhere and an address that worked once works again.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PageOfRows
from django.db.models import Exists, OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disclosure.catalogue.models import SubjectTheme
from disclosure.items.base import DisclosureItem, ItemQuerySet
from disclosure.items.guides import MatterType, ServiceGuidePage
from disclosure.items.kinds import ArticleCategory, InterpretationForm, Kind, LifeEvent, NoticeCategory, Validity
from disclosure.items.paging import NEWEST, OLDEST, TITLE, ItemPaginator, year_range
from portal.departments.models import Department

Choices = list[tuple[str, Any]]

SORTS: Choices = [(NEWEST, _("newest first")), (OLDEST, _("oldest first")), (TITLE, _("by title"))]
POLICY_CATEGORIES: Choices = [("normative", _("normative documents")), ("other_document", _("other documents"))]
CATEGORIES: dict[str, Choices] = {
    Kind.NOTICE: NoticeCategory.choices,
    Kind.POLICY: POLICY_CATEGORIES,
    Kind.INTERPRETATION: InterpretationForm.choices,
    Kind.GUIDE: MatterType.choices,
    Kind.ARTICLE: ArticleCategory.choices,
}
EARLIEST_YEAR, LATEST_YEAR = 1949, 2199
LONGEST_VALUE = 60
LABELS: dict[str, Any] = {
    "department": _("Department"), "kind": _("Kind"), "category": _("Category"), "year": _("Year"), "theme": _("Subject"),
    "validity": _("Validity"), "life_event": _("Occasion"),
}


@dataclass(frozen=True)
class Filters:
    """What a reader chose; an empty value chooses nothing."""

    department: str = ""
    kind: str = ""
    category: str = ""
    year: int | None = None
    theme: str = ""
    validity: str = ""
    life_event: str = ""
    sort: str = NEWEST
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The address part with these filters and `changes`, always in the same order and without what is not chosen."""
        wanted = replace(self, **changes)
        pairs = [(name, getattr(wanted, name)) for name in (*LABELS, "sort", "page")]
        return "?" + urlencode([(name, value) for name, value in pairs if value not in ("", None, DEFAULTS.get(name))])


DEFAULTS: dict[str, Any] = {"sort": NEWEST, "page": 1}


def read_filters(params: Mapping[str, str]) -> Filters:
    """The filters of a query string; values that can't be are left out, never an error."""
    given = {name: str(params.get(name, "")).strip()[:LONGEST_VALUE] for name in (*LABELS, "sort", "page")}
    kind = _one_of(given["kind"], Kind.values)
    return Filters(
        department=given["department"],
        kind=kind,
        category=_one_of(given["category"], [value for value, _label in _categories(kind)]),
        year=_number(given["year"], EARLIEST_YEAR, LATEST_YEAR),
        theme=given["theme"],
        validity=_one_of(given["validity"], Validity.values),
        life_event=_one_of(given["life_event"], LifeEvent.values),
        sort=_one_of(given["sort"], [NEWEST, OLDEST, TITLE]) or NEWEST,
        page=_number(given["page"], 1, 10**9) or 1,
    )


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _number(value: str, low: int, high: int) -> int | None:
    """A whole number within bounds; `isdecimal` alone would let a thousand digits through."""
    if not value.isdecimal() or len(value) > len(str(high)):
        return None
    number = int(value)
    return number if low <= number <= high else None


def _categories(kind: str) -> Choices:
    """Categories of a kind; of all kinds when none is chosen."""
    return CATEGORIES[kind] if kind else [choice for choices in CATEGORIES.values() for choice in choices]


@dataclass(frozen=True)
class Option:
    """One thing a reader can choose in a filter."""

    value: str
    label: Any
    chosen: bool
    url: str


@dataclass(frozen=True)
class Filter:
    """One filter with its options; `name` is the parameter of the address."""

    name: str
    label: Any
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The option in force."""
        return next((option for option in self.options if option.chosen and option.value), None)

    @property
    def is_useful(self) -> bool:
        """Whether there is something to choose, or something chosen to take away."""
        return len(self.options) > 2 or self.chosen is not None


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address that takes it away."""

    label: Any
    value: Any
    url: str


@dataclass(frozen=True)
class Listing:
    """A page of items with everything the template `disclosure/_listing.html` shows."""

    filters: Filters
    page_obj: PageOfRows[Any]
    choices: list[Filter]
    unknown: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Sequence[DisclosureItem]:
        """The items of this page."""
        return list(self.page_obj.object_list)

    @property
    def total(self) -> int:
        """Number of items on all pages."""
        return int(self.page_obj.paginator.count)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return [Chip(f.label, f.chosen.label, self.filters.query(**{f.name: _nothing(f.name)}, page=1)) for f in self.choices if f.chosen]

    @property
    def sorts(self) -> list[Option]:
        """The orders a reader can choose."""
        return [Option(value, label, value == self.filters.sort, self.filters.query(sort=value, page=1)) for value, label in SORTS]

    @property
    def clear_url(self) -> str:
        """The address without any filter."""
        return "?"


def _nothing(name: str) -> Any:
    return None if name == "year" else ""


def list_items(
    base: ItemQuerySet, filters: Filters, day: dt.date, *, fixed: Collection[str] = (), kinds: Sequence[str] = (), categories: Sequence[str] = (),
) -> Listing:
    """The page of `base` that `filters` ask for; `base` is already public, `day` decides validity.

    `fixed` names filters the list doesn't offer because it is made for one value (department, theme, …);
    `kinds` and `categories` narrow what it offers. A page beyond the end shows the last one.
    """
    offers = Offers(base, filters, kinds, categories)
    choices = [offers.filter(name) for name in LABELS if name not in fixed]
    choices = [each for each in choices if each.is_useful]
    unknown = [name for name in LABELS if name not in fixed and getattr(filters, name) and not any(c.name == name and c.chosen for c in choices)]
    known = replace(filters, **{name: _nothing(name) for name in unknown})
    paginator = ItemPaginator(narrow(base, known, day, fixed), known.sort)
    return Listing(known, paginator.get_page(known.page), choices, [str(LABELS[name]) for name in unknown])


def narrow(items: ItemQuerySet, filters: Filters, day: dt.date, fixed: Collection[str] = ()) -> ItemQuerySet:
    """Those of `items` that fit every filter except the `fixed` ones."""
    for name in LABELS:
        value = getattr(filters, name)
        if value and name not in fixed:
            items = of_validity(items, value, day) if name == "validity" else RULES[name](items, value)
    return items


def of_validity(items: ItemQuerySet, value: str, day: dt.date) -> ItemQuerySet:
    """Those of a validity on `day`."""
    return items.of_validity(value, day)


def of_department(items: ItemQuerySet, slug: str) -> ItemQuerySet:
    """Those a department published; by id, so that the database can walk its index in order."""
    department = Department.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return items.filter(department=department)


def of_year(items: ItemQuerySet, year: int) -> ItemQuerySet:
    """Those first published in `year`, by the clock of the county."""
    start, end = year_range(year, timezone.get_current_timezone())
    return items.filter(published_at__gte=start, published_at__lt=end)


def of_theme(items: ItemQuerySet, code: str) -> ItemQuerySet:
    """Those of a subject theme or of one below it; each once."""
    through = DisclosureItem.themes.through
    return items.filter(Exists(through.objects.filter(disclosureitem=OuterRef("pk"), subjecttheme__in=SubjectTheme.objects.within(code))))


def of_life_event(items: ItemQuerySet, event: str) -> ItemQuerySet:
    """Guides for an occasion of life; the list is searched as text, which SQLite and PostgreSQL both can."""
    guides = ServiceGuidePage.objects.annotate(events_text=Cast("life_events", TextField())).filter(events_text__contains=f'"{event}"')
    return items.filter(kind=Kind.GUIDE, pk__in=guides.values("pk"))


RULES: dict[str, Any] = {
    "department": of_department,
    "kind": lambda items, value: items.filter(kind=value),
    "category": lambda items, value: items.filter(category=value),
    "year": of_year,
    "theme": of_theme,
    "life_event": of_life_event,
}


class Offers:
    """What can be chosen in each filter of a list; departments, themes and years come from the database."""

    def __init__(self, base: ItemQuerySet, filters: Filters, kinds: Sequence[str], categories: Sequence[str]) -> None:
        self.base, self.filters = base, filters
        self.kinds, self.allowed_categories = list(kinds), list(categories)

    def filter(self, name: str) -> Filter:
        """The filter `name` with “all” first; a filter without choices has no options beyond that."""
        now = getattr(self.filters, name)
        pairs: Choices = [("", _("all")), *getattr(self, name)()]
        options = [
            Option(str(value), label, str(value) == str(now or ""), self.filters.query(**{name: value or _nothing(name), **self.dropped_with(name)}, page=1))
            for value, label in pairs
        ]
        return Filter(name, LABELS[name], options)

    @staticmethod
    def dropped_with(name: str) -> dict[str, str]:
        """Filters that mean nothing any more once `name` is chosen anew."""
        return {"category": ""} if name == "kind" else {}

    def department(self) -> Choices:
        """Every department; closed ones too, since what they published stays."""
        return list(Department.objects.order_by("order", "id").values_list("slug", "short_name"))

    def kind(self) -> Choices:
        """The kinds the list holds."""
        return [(value, label) for value, label in Kind.choices if not self.kinds or value in self.kinds]

    def category(self) -> Choices:
        """Categories of the chosen kind, or of the one kind the list is made of."""
        only = self.filters.kind or (self.kinds[0] if len(self.kinds) == 1 else "")
        found = CATEGORIES[only] if only else []
        return [(value, label) for value, label in found if not self.allowed_categories or value in self.allowed_categories]

    def year(self) -> Choices:
        """From the newest item's year back to the oldest's."""
        published = self.base.filter(published_at__isnull=False).values_list("published_at", flat=True)
        oldest = Subquery(published.order_by("published_at")[:1])
        found = published.order_by("-published_at").annotate(oldest=oldest).values_list("oldest", "published_at").first()
        return [(str(year), str(year)) for year in _years(*found)] if found else []

    def theme(self) -> Choices:
        """Subject themes in their order, second level moved in."""
        return [(theme.code, theme.padded_name) for theme in SubjectTheme.objects.tree_order().only("code", "name", "depth")]

    def validity(self) -> Choices:
        """All states, where the list can hold documents that lapse."""
        return list(Validity.choices) if not self.kinds or Kind.POLICY in self.kinds else []

    def life_event(self) -> Choices:
        """Occasions of life, where guides are listed."""
        return list(LifeEvent.choices) if self.filters.kind == Kind.GUIDE or self.kinds == [Kind.GUIDE] or self.filters.life_event else []


def _years(first: dt.datetime, last: dt.datetime) -> Iterator[int]:
    """Years of the county's clock from `last` down to `first`."""
    return iter(range(timezone.localtime(last).year, timezone.localtime(first).year - 1, -1))
