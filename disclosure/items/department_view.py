"""What the page of a department and the list of all departments show, in few queries whatever there is to show."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, Subquery, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.base import DisclosureItem, ItemQuerySet
from disclosure.items.kinds import ArticleCategory, Kind
from portal.departments.models import Department

LATEST_OF_EACH_KIND = 5
GUIDES_SHOWN = 12
LEADERS_SHOWN = 30
LONGEST_SEARCH = 40


@dataclass(frozen=True)
class KindBlock:
    """The newest items of one kind with the address of them all."""

    label: Any
    kind: str
    items: list[DisclosureItem]
    total: int
    url: str


@dataclass(frozen=True)
class Leaf:
    """An item of the catalogue that the department answers for, with the number of its public items there."""

    item: CatalogueItem
    count: int


def all_items_url(department: Department, kind: str = "") -> str:
    """The address of the list of a department's items, of one kind if asked."""
    return f"{reverse('item_list')}?department={department.slug}" + (f"&kind={kind}" if kind else "")


def shown_items(items: ItemQuerySet) -> list[DisclosureItem]:
    """Leaders, and the newest of each kind, guides more of them; each with `total` of its sort. One query, one more for photos."""
    leads = Case(When(kind=Kind.ARTICLE, category=ArticleCategory.LEADER, then=True), default=False, output_field=BooleanField())
    sort = [F("kind"), F("leads")]
    place = Window(RowNumber(), partition_by=sort, order_by=[F("published_at").desc(), F("pk").desc()])
    wanted = Q(place__lte=LATEST_OF_EACH_KIND) | Q(kind=Kind.GUIDE, place__lte=GUIDES_SHOWN) | Q(leads=True, place__lte=LEADERS_SHOWN)
    counted = items.order_by().annotate(leads=leads).annotate(place=place, total=Window(Count("pk"), partition_by=sort))
    rows = counted.filter(wanted).for_list().select_related("department", "articlepage__photo")
    return list(rows.prefetch_related("articlepage__photo__renditions").order_by("place"))


def latest_by_kind(shown: list[DisclosureItem], department: Department) -> list[KindBlock]:
    """The items of each kind with their number; kinds without items and leaders are left out."""
    blocks = []
    for kind, label in Kind.choices:
        rows: list[Any] = [row for row in shown if row.kind == kind and not getattr(row, "leads", False)]
        if rows:
            blocks.append(KindBlock(label, kind, rows, rows[0].total, all_items_url(department, kind)))
    return blocks


def leaders(shown: list[Any]) -> list[DisclosureItem]:
    """The leaders' pages by rank, each with `articlepage` (position, duties, photo) at hand."""
    return sorted((row for row in shown if row.leads and hasattr(row, "articlepage")), key=lambda row: (row.articlepage.rank, row.pk))


def leaves(department: Department, items: ItemQuerySet) -> list[Leaf]:
    """Catalogue items that the department is responsible for, in tree order. One query."""
    there = items.order_by().filter(catalogue_item=OuterRef("pk")).values("catalogue_item").annotate(number=Count("pk")).values("number")
    found = department.catalogue_items.select_related("parent").tree_order().annotate(number=Coalesce(Subquery(there), 0))
    return [Leaf(item, item.number) for item in found]


def contact_facts(department: Department) -> list[tuple[Any, str]]:
    """Label and value of what citizens need to reach the department (standards §3.1); the empty ones left out."""
    facts = [
        (_("Head"), department.head), (_("Address"), department.address), (_("Office hours"), department.hours), (_("Phone"), department.phone),
        (_("Fax"), department.fax), (_("E-mail"), department.email), (_("Supervision phone"), department.supervision_phone),
        (_("Unified social credit code"), department.credit_code),
    ]
    return [(label, value) for label, value in facts if value]


def department_context(page: Page, request: HttpRequest, day: dt.date) -> dict[str, Any]:
    """Everything the template of a department shows, in at most eight queries."""
    department: Department = page.department
    items: ItemQuerySet = DisclosureItem.objects.public().filter(department=department)
    shown = shown_items(items)
    blocks = latest_by_kind(shown, department)
    parent = page.get_parent()
    closed = bool(department.closed_on and department.closed_on <= day)
    return {
        "department": department,
        "is_closed": closed,
        "answering": page_of(department.answering) if closed else None,
        "facts": contact_facts(department),
        "former_names": list(department.former_names.all()),
        "leaders": leaders(shown),
        "guides": next((block for block in blocks if block.kind == Kind.GUIDE), None),
        "blocks": [block for block in blocks if block.kind != Kind.GUIDE],
        "leaves": leaves(department, items),
        "all_items_url": all_items_url(department),
        "crumbs": [{"title": parent.title, "url": parent.get_url(request) or ""}, {"title": page.title, "url": ""}],
        "column": {"name": page.title, "description": about(department), "keywords": ",".join({department.name: 0, department.short_name: 0}), "type": "机构职能"},
        "feeds": [{"title": department.name, "url": reverse("department_feed", args=[department.slug])}],
        "nav": "departments",
    }


def about(department: Department) -> str:
    """One line about the department for the page head: the beginning of its duties, else its name."""
    first = department.duties.strip().split("\n", 1)[0]
    return first[:120] or department.name


@dataclass(frozen=True)
class ListedDepartment:
    """A department in the list, with its address and, once closed, who answers now."""

    department: Department
    url: str
    answering: "ListedDepartment | None" = None


@dataclass(frozen=True)
class Group:
    """Departments of one kind."""

    label: Any
    kind: str
    departments: list[ListedDepartment]


GROUP_LABELS: dict[str, Any] = {
    Department.Kind.COUNTY_OFFICE: _("County offices"), Department.Kind.DEPARTMENT: _("Departments"), Department.Kind.TOWNSHIP: _("Townships"),
}


def page_of(department: Department) -> ListedDepartment:
    """The department with the address of its page, "" while it has none."""
    page = getattr(department, "page", None)
    return ListedDepartment(department, (page.get_url() or "") if page and page.live else "")


def fits(department: Department, words: str) -> bool:
    """Whether the words stand in one of its names, present or former, or in its duties."""
    names = [department.name, department.short_name, department.duties, *(former.name for former in department.former_names.all())]
    return all(any(word in name for name in names) for word in words.split())


def list_departments(words: str, day: dt.date) -> tuple[list[Group], list[ListedDepartment]]:
    """All in office by kind, those of `words`; then the closed ones with who answers; three queries."""
    every = {each.pk: each for each in Department.objects.select_related("page").prefetch_related("former_names").order_by("order", "id")}
    for department in every.values():
        if department.successor_id:
            department.successor = every[department.successor_id]
    found = [each for each in every.values() if fits(each, words)]
    in_office = [each for each in found if not (each.closed_on and each.closed_on <= day) and not (each.opened_on and each.opened_on > day)]
    groups = [Group(label, kind, [page_of(each) for each in in_office if each.kind == kind]) for kind, label in GROUP_LABELS.items()]
    closed = [ListedDepartment(each, page_of(each).url, page_of(each.answering)) for each in found if each.closed_on and each.closed_on <= day]
    return [group for group in groups if group.departments], closed


def departments_context(page: Page, request: HttpRequest, day: dt.date) -> dict[str, Any]:
    """What the list of departments shows; `q` of the address narrows it."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    groups, closed = list_departments(words, day)
    return {
        "words": words, "groups": groups, "closed": closed, "total": sum(len(group.departments) for group in groups) + len(closed),
        "crumbs": [{"title": page.title, "url": ""}],
        "column": {"name": page.title, "description": page.introduction or page.title, "keywords": page.title, "type": "机构职能"},
        "nav": "departments",
    }
