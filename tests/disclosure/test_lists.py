"""Lists of items: filters, order, paging, addresses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from disclosure.catalogue.models import SubjectTheme
from disclosure.items import paging
from disclosure.items.base import DisclosureItem
from disclosure.items.columns import DepartmentPage
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.listing import Filters, Listing, list_items, read_filters
from disclosure.items.notices import NoticePage
from disclosure.items.paging import ItemPaginator
from disclosure.items.policies import PolicyDocumentPage

DAY = dt.date(2026, 9, 24)
Publish = Callable[..., Any]


def listing(query: str = "", **options: Any) -> Listing:
    return list_items(DisclosureItem.objects.public(), read_filters(QueryDict(query)), DAY, **options)


def titles(query: str = "") -> list[str]:
    return [item.title for item in listing(query).rows]


def publish_at(item: DisclosureItem, moment: dt.datetime) -> None:
    DisclosureItem.objects.filter(pk=item.pk).update(published_at=moment)


def options(found: Listing, name: str) -> list[str]:
    return [option.value for choice in found.choices if choice.name == name for option in choice.options]


@given(st.dictionaries(st.sampled_from(["department", "kind", "category", "year", "theme", "validity", "life_event", "sort", "page"]), st.text(max_size=80)))
def test_any_query_string_gives_filters(values: dict[str, str]) -> None:
    filters = read_filters(values)
    assert read_filters(QueryDict(filters.query()[1:])) == filters


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "٣" * 40, "9" * 5000, "", "1 OR 1=1"])
def test_a_page_number_that_cannot_be_is_the_first_page(page: str) -> None:
    assert read_filters({"page": page}).page == 1


def test_addresses_are_stable_and_short() -> None:
    filters = Filters(kind="policy", year=2026, page=3)
    assert filters.query() == "?kind=policy&year=2026&page=3"
    assert filters.query(page=1, year=None) == "?kind=policy"
    assert Filters().query() == "?"


def test_only_public_items_are_listed(publish: Publish) -> None:
    publish(title="公开的")
    publish(title="草稿", live=False)
    publish(title="依申请", mode="on_application")
    assert titles() == ["公开的"]


def test_filters_by_kind_department_and_category(publish: Publish, make_department: Callable[..., DepartmentPage]) -> None:
    other = make_department("阳光县教育局", slug="jiaoyu")
    publish(title="公告一", notice_kind="announcement")
    publish(title="通知二", parent=other)
    publish(PolicyDocumentPage, title="文件三", parent=other)
    assert titles("kind=policy") == ["文件三"]
    assert titles("department=jiaoyu&kind=notice") == ["通知二"]
    assert titles("kind=notice&category=announcement") == ["公告一"]


def test_a_year_begins_at_midnight_of_the_county(publish: Publish) -> None:
    late, early = publish(title="除夕前"), publish(title="元旦")
    publish_at(late, dt.datetime(2025, 12, 31, 15, 59, tzinfo=dt.UTC))
    publish_at(early, dt.datetime(2025, 12, 31, 16, 0, tzinfo=dt.UTC))
    assert titles("year=2025") == ["除夕前"]
    assert titles("year=2026") == ["元旦"]
    assert options(listing(), "year") == ["", "2026", "2025"]


def test_a_theme_holds_what_is_below_it_once(publish: Publish) -> None:
    top = SubjectTheme.objects.create(code="07", name="民政", order=7)
    below = SubjectTheme.objects.create(code="07.1", name="社会救助", parent=top, order=1)
    SubjectTheme.objects.create(code="071", name="别的", order=8)
    item = publish(title="有主题")
    publish(title="无主题")
    item.themes.set([top, below])
    item.save()
    assert titles("theme=07") == ["有主题"]
    assert titles("theme=07.1") == ["有主题"]
    assert titles("theme=071") == []


def test_validity_is_that_of_the_day(publish: Publish) -> None:
    publish(PolicyDocumentPage, title="过期", lapses_on=DAY)
    publish(PolicyDocumentPage, title="明天过期", lapses_on=DAY + dt.timedelta(days=1))
    assert titles("validity=lapsed") == ["过期"]
    assert titles("validity=in_force") == ["明天过期"]


def test_guides_of_an_occasion_of_life(publish: Publish) -> None:
    publish(ServiceGuidePage, title="新生儿", life_events=["birth", "hukou"], promised_time=1, audience_note="居民")
    publish(ServiceGuidePage, title="养老", life_events=["age"], promised_time=1)
    publish(title="通知")
    assert titles("life_event=hukou") == ["新生儿"]
    assert titles("life_event=age") == ["养老"]
    assert len(titles("life_event=nonsense")) == 3


def test_an_unknown_department_is_left_out_and_said(publish: Publish) -> None:
    publish(title="一条")
    found = listing("department=nowhere")
    assert [item.title for item in found.rows] == ["一条"]
    assert len(found.unknown) == 1
    assert found.filters.department == ""


def test_a_chip_takes_its_filter_away_and_goes_to_the_first_page(publish: Publish) -> None:
    publish(title="一条")
    found = listing("kind=notice&department=minzheng&page=2")
    assert [chip.url for chip in found.chips] == ["?kind=notice", "?department=minzheng"]


def test_a_fixed_filter_is_neither_offered_nor_read(publish: Publish) -> None:
    publish(title="一条")
    found = listing("department=nowhere", fixed=["department"])
    assert found.unknown == []
    assert not [choice for choice in found.choices if choice.name == "department"]
    assert found.total == 1


def test_a_page_beyond_the_end_is_the_last(publish: Publish) -> None:
    for number in range(3):
        publish(title=f"第{number}条")
    assert listing("page=99").page_obj.number == 1


@pytest.mark.parametrize("order", ["newest", "oldest", "title"])
@pytest.mark.parametrize("near", [0, 1000])
def test_paging_shows_every_item_once_also_with_equal_dates(publish: Publish, monkeypatch: pytest.MonkeyPatch, order: str, near: int) -> None:
    monkeypatch.setattr(paging, "NEAR", near)
    moment = timezone.now()
    for number in range(11):
        publish_at(publish(title=f"第{number % 4}条"), moment - dt.timedelta(days=number // 5))
    paginator = ItemPaginator(DisclosureItem.objects.public(), order, per_page=3)
    shown = [item.pk for number in paginator.page_range for item in paginator.page(number).object_list]
    wanted = list(DisclosureItem.objects.public().order_by(*paginator.order).values_list("pk", flat=True))
    assert shown == wanted
    assert len(shown) == 11


def test_queries_of_a_list_do_not_grow(publish: Publish, django_assert_max_num_queries: Any) -> None:
    """Six: restrictions, count, rows, departments, themes, years."""
    for _number in range(6):
        publish(NoticePage)
    with django_assert_max_num_queries(6):
        found = listing("kind=notice")
        assert [str(item.department) for item in found.rows] == ["县民政局"] * 6
        assert found.chips
