"""What the home page shows, each part read only when it is shown; the number of queries doesn't grow with the items."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils import timezone

from disclosure.items.base import DisclosureItem, ItemQuerySet
from disclosure.items.columns import DepartmentPage
from disclosure.items.kinds import ArticleCategory, InterpretationForm, Kind, LifeEvent, NoticeCategory
from disclosure.items.listing import Filters
from portal.departments.models import Department

POLICIES, NEWEST, EXAMPLES, LOOK_UPS = 4, 5, 4, 5
LONGEST_EXAMPLE = 14
BODIES = {Department.Kind.TOWNSHIP: 8}
MOST_BODIES = 16

# The groups of “latest”: anchor, categories; the first category stands for the group in the address of its list.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("notices", (NoticeCategory.NOTICE, NoticeCategory.ANNOUNCEMENT)),
    ("publicity", (NoticeCategory.PUBLICITY, NoticeCategory.CANDIDATES, NoticeCategory.SINGLE_SOURCE)),
    ("news", (NoticeCategory.NEWS, NoticeCategory.WORK)),
)
# What people look up, in order of demand; a category without items isn't offered.
LOOKED_UP: tuple[str, ...] = (
    NoticeCategory.FINANCE, NoticeCategory.LAND_COMPENSATION, NoticeCategory.RECRUITMENT, NoticeCategory.TENDER, NoticeCategory.CONSULTATION, NoticeCategory.DATA,
)
EVENT_ICONS = {
    LifeEvent.BIRTH: "baby", LifeEvent.HUKOU: "hukou", LifeEvent.SCHOOL: "school", LifeEvent.WORK: "work", LifeEvent.MARRIAGE: "marry", LifeEvent.HOUSING: "home",
    LifeEvent.HEALTH: "heal", LifeEvent.AGE: "elder", LifeEvent.BUSINESS: "shop", LifeEvent.HARDSHIP: "hand", LifeEvent.FARMING: "farm", LifeEvent.FAREWELL: "farewell",
}


@dataclass(frozen=True)
class Tally:
    """How many public items there are of one kind and category."""

    kind: str
    category: str
    total: int
    this_month: int
    newest: dt.datetime | None


@dataclass(frozen=True)
class Door:
    """One thing to choose: a label, its address, and a fact that helps to choose."""

    label: Any
    url: str
    icon: str = ""
    total: int = 0
    newest: dt.datetime | None = None


@dataclass(frozen=True)
class Policy:
    """A policy document with its interpretations."""

    item: DisclosureItem
    readings: list[DisclosureItem] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """The newest items of one group of notices."""

    name: str
    items: list[DisclosureItem]
    url: str


@dataclass(frozen=True)
class HomeView:
    """The read-model of the home page at one moment; `examples_text` are the editors' examples for the search."""

    now: dt.datetime
    examples_text: str = ""

    @cached_property
    def items(self) -> ItemQuerySet:
        """Everything public; asked for once, since the rule needs a query of its own."""
        found: ItemQuerySet = DisclosureItem.objects.public()
        return found

    @cached_property
    def tallies(self) -> list[Tally]:
        """Numbers by kind and category; one query."""
        local = timezone.localtime(self.now)
        month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        rows = self.items.order_by().values("kind", "category").annotate(
            total=Count("pk"), this_month=Count("pk", filter=Q(published_at__gte=month)), newest=Max("published_at"),
        )
        return [Tally(**row) for row in rows]

    def _of(self, kind: str, category: str = "") -> list[Tally]:
        return [tally for tally in self.tallies if tally.kind == kind and category in ("", tally.category)]

    def _total(self, kind: str, category: str = "") -> int:
        return sum(tally.total for tally in self._of(kind, category))

    @property
    def total(self) -> int:
        """Number of public items."""
        return sum(tally.total for tally in self.tallies)

    @property
    def this_month(self) -> int:
        """Number of items first published since the first of this month."""
        return sum(tally.this_month for tally in self.tallies)

    @property
    def guide_total(self) -> int:
        """Number of service guides."""
        return self._total(Kind.GUIDE)

    @property
    def guides_url(self) -> str:
        """The list of all guides."""
        return items_url(kind=Kind.GUIDE)

    @property
    def policies_url(self) -> str:
        """The list of all policy documents."""
        return items_url(kind=Kind.POLICY)

    @cached_property
    def life_events(self) -> list[Door]:
        """Occasions of life that some guide serves, in their fixed order; one query, whose rows are combinations of occasions."""
        if not self.guide_total:
            return []
        rows = self.items.filter(kind=Kind.GUIDE).order_by().values_list("serviceguidepage__life_events").annotate(guides=Count("pk"))
        served: Counter[str] = Counter()
        for events, guides in rows:
            served.update(dict.fromkeys(events or (), guides))
        return [Door(event.label, items_url(kind=Kind.GUIDE, life_event=event.value), EVENT_ICONS[event], served[event]) for event in LifeEvent if served[event]]

    @property
    def look_ups(self) -> list[Door]:
        """What can be looked up: policies first, then the categories most asked for."""
        policies = [self._look_up(Kind.POLICY)] if self._of(Kind.POLICY) else []
        return [*policies, *(self._look_up(Kind.NOTICE, category) for category in LOOKED_UP if self._of(Kind.NOTICE, category))][:LOOK_UPS]

    def _look_up(self, kind: str, category: str = "") -> Door:
        newest = max((tally.newest for tally in self._of(kind, category) if tally.newest), default=None)
        label = NoticeCategory(category).label if category else Kind(kind).label
        return Door(label, items_url(kind=kind, category=category), "", self._total(kind, category), newest)

    @property
    def annual_report_url(self) -> str:
        """The list of annual reports; empty while there is none."""
        found = self._of(Kind.ARTICLE, ArticleCategory.ANNUAL_REPORT)
        return items_url(kind=Kind.ARTICLE, category=ArticleCategory.ANNUAL_REPORT) if found else ""

    @cached_property
    def policies(self) -> list[Policy]:
        """The newest policy documents, each with its public interpretations; two queries."""
        items = newest(self.items.filter(kind=Kind.POLICY), POLICIES)
        explaining = self.items.filter(kind=Kind.INTERPRETATION, interpretationpage__document__in=[item.pk for item in items])
        readings = list(explaining.annotate(document_id=F("interpretationpage__document"), form=F("interpretationpage__form")).for_list().order_by("published_at", "pk"))
        for reading in readings:
            reading.form_label = InterpretationForm(reading.form).label
        return [Policy(item, [reading for reading in readings if reading.document_id == item.pk]) for item in items]

    @cached_property
    def groups(self) -> list[Group]:
        """The newest notices by group, empty groups left out; one query for all of them."""
        filled = [(name, categories) for name, categories in GROUPS if any(self._of(Kind.NOTICE, category) for category in categories)]
        if not filled:
            return []
        notices = self.items.filter(kind=Kind.NOTICE)
        ids = [notices.filter(category__in=categories).newest_first().values("pk")[:NEWEST] for _name, categories in filled]
        wanted = reduce(or_, (Q(pk__in=few) for few in ids))
        found = list(DisclosureItem.objects.filter(wanted).for_list().newest_first())
        return [
            Group(name, [item for item in found if item.category in categories], items_url(kind=Kind.NOTICE, category=categories[0])) for name, categories in filled
        ]

    @cached_property
    def leaders(self) -> Sequence[DisclosureItem]:
        """Leaders of the county in their order, with name and position; one query."""
        if not self._of(Kind.ARTICLE, ArticleCategory.LEADER):
            return []
        people = self.items.filter(kind=Kind.ARTICLE, category=ArticleCategory.LEADER)
        named = people.annotate(person=F("articlepage__person_name"), position=F("articlepage__position"))
        return list(named.for_list().order_by("articlepage__rank", "pk"))

    @cached_property
    def bodies(self) -> list[DepartmentPage]:
        """Pages of the bodies in office, in their order; one query."""
        in_office = Department.objects.in_office(timezone.localdate(self.now))
        return list(DepartmentPage.objects.live().filter(department__in=in_office).select_related("department").defer_streamfields().order_by("department__order", "department_id"))

    @property
    def departments(self) -> list[DepartmentPage]:
        """Departments and county offices."""
        return [page for page in self.bodies if page.department.kind != Department.Kind.TOWNSHIP]

    @property
    def townships(self) -> list[DepartmentPage]:
        """Townships."""
        return [page for page in self.bodies if page.department.kind == Department.Kind.TOWNSHIP]

    @property
    def bodies_shown(self) -> list[DepartmentPage]:
        """As many bodies as fit on the home page, townships among them."""
        towns = self.townships[: BODIES[Department.Kind.TOWNSHIP]]
        return [*self.departments[: MOST_BODIES - len(towns)], *towns]

    @property
    def examples(self) -> list[str]:
        """What one can type: the editors' examples, else words that surely find something here."""
        own = [word.strip() for word in self.examples_text.replace("，", ",").split(",") if word.strip()]
        if own:
            return own[:EXAMPLES]
        numbers = [policy.item.document_number for policy in self.policies if policy.item.document_number][:1]
        titles = [item.title for group in self.groups for item in group.items if len(item.title) <= LONGEST_EXAMPLE]
        return [*titles[: EXAMPLES - len(numbers)], *numbers]


def newest(items: ItemQuerySet, count: int) -> list[DisclosureItem]:
    """The newest `count` of `items` as rows; one query."""
    return list(items.for_list().newest_first()[:count])


def items_url(*, kind: str, category: str = "", life_event: str = "") -> str:
    """Address of the list of all items with these filters."""
    return reverse("item_list") + Filters(kind=str(kind), category=str(category), life_event=str(life_event)).query()
