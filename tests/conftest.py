"""Fixtures shared by all tests: a small county made by the same functions that make a real one."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.base import DisclosureItem
from disclosure.items.columns import DepartmentPage
from disclosure.items.departments import establish
from disclosure.items.notices import NoticePage
from portal.departments.credit_code import check_digit
from portal.departments.models import Department
from portal.face.models import HomePage
from portal.face.tree import ensure_site

_numbers = count(1)


def credit_code(number: int) -> str:
    """A well-formed credit code of no real body."""
    first17 = f"11990100MB{number:07d}"
    return first17 + check_digit(first17)


@pytest.fixture
def home(db: Any) -> HomePage:
    """The home page of a county without departments."""
    return ensure_site("阳光县人民政府")


@pytest.fixture
def make_department(home: HomePage) -> Callable[..., DepartmentPage]:
    """Makes departments with page and group; returns the page."""

    def make(name: str = "", **fields: Any) -> DepartmentPage:
        number = next(_numbers)
        name = name or f"阳光县第{number}局"
        values = {"name": name, "short_name": name.removeprefix("阳光县"), "slug": f"dep-{number}", "credit_code": credit_code(number)}
        return establish(Department.objects.create(**{**values, **fields}))

    return make


@pytest.fixture
def department_page(make_department: Callable[..., DepartmentPage]) -> DepartmentPage:
    """The page of 阳光县民政局."""
    return make_department("阳光县民政局", short_name="县民政局", slug="minzheng")


@pytest.fixture
def leaf(db: Any) -> CatalogueItem:
    """A leaf of the catalogue."""
    top = CatalogueItem.objects.get_or_create(code="t1", defaults={"name": "重点民生", "order": 1})[0]
    return CatalogueItem.objects.get_or_create(code="t1.1", defaults={"name": "社会救助", "parent": top, "order": 1})[0]


@pytest.fixture
def publish(department_page: DepartmentPage, leaf: CatalogueItem) -> Callable[..., Any]:
    """Publishes an item below the department page (or `parent`) and returns it; fields override the defaults."""

    def make(model: type[DisclosureItem] = NoticePage, parent: DepartmentPage | None = None, **fields: Any) -> Any:
        below = parent or department_page
        values = {
            "title": f"第{next(_numbers)}号测试信息", "department": below.department, "catalogue_item": leaf, "made_on": timezone.localdate() - dt.timedelta(days=1),
        }
        item = model(**{**values, **fields})
        item.fill_in()
        below.add_child(instance=item)
        return item

    return make
