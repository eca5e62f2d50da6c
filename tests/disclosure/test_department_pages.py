"""Pages of departments and columns: what they show, in few queries however much there is."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone, translation

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.column_forms import SectionForm
from disclosure.items.columns import ArticlePage, DepartmentIndexPage, DepartmentPage, OpenGuidePage, SectionPage
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage
from portal.departments.models import Department
from portal.face.models import HomePage

Publish = Callable[..., Any]
Make = Callable[..., DepartmentPage]
TODAY = timezone.localdate()


def text_of(client: Client, page: Any, query: str = "") -> str:
    response = client.get(page.url + query)
    assert response.status_code == 200
    return response.content.decode()


# One department


def test_a_department_shows_duties_contact_leaders_and_former_names(client: Client, make_department: Make, publish: Publish) -> None:
    page = make_department("阳光县卫生局", slug="weisheng", duties="医疗服务\n公共卫生", phone="0000-6120001", hours="工作日 8:30—12:00")
    page.department.rename("阳光县卫生健康局", "县卫健局", dt.date(2024, 3, 1))
    publish(ArticlePage, parent=page, title="副局长", article_kind="leader", person_name="李明", position="副局长", rank=2)
    publish(ArticlePage, parent=page, title="局长", article_kind="leader", person_name="王芳", position="局长", rank=1)
    publish(ArticlePage, parent=page, title="不公开", article_kind="leader", person_name="赵六", mode="on_application")
    text = text_of(client, page)
    for words in ("医疗服务", "0000-6120001", "工作日 8:30—12:00", "阳光县卫生局"):
        assert words in text
    assert text.index("王芳") < text.index("李明")
    assert "赵六" not in text


def test_newest_items_by_type_with_totals_and_leaders_apart(client: Client, department_page: DepartmentPage, publish: Publish) -> None:
    for number in range(7):
        publish(title=f"通知{number}")
    publish(PolicyDocumentPage, title="文件")
    publish(ArticlePage, title="局长", article_kind="leader")
    publish(ServiceGuidePage, title="办低保", promised_time=5)
    response = client.get(department_page.url)
    blocks = response.context["blocks"]
    assert [(block.kind, [item.title for item in block.items], block.total) for block in blocks] == [
        ("notice", ["通知6", "通知5", "通知4", "通知3", "通知2"], 7),
        ("policy", ["文件"], 1),
    ]
    assert [item.title for item in response.context["guides"].items] == ["办低保"]
    assert "/items/?department=minzheng&amp;kind=notice" in response.content.decode()


def test_catalogue_leaves_are_counted(client: Client, department_page: DepartmentPage, publish: Publish, leaf: CatalogueItem) -> None:
    empty = CatalogueItem.objects.create(code="t1.2", name="养老服务", parent=leaf.parent, order=2)
    for each in (leaf, empty):
        each.departments.add(department_page.department)
    publish()
    publish(mode="on_application")
    response = client.get(department_page.url)
    assert [(each.item.code, each.count) for each in response.context["leaves"]] == [("t1.1", 1), ("t1.2", 0)]


def test_a_closed_department_says_who_answers(client: Client, make_department: Make) -> None:
    new, old = make_department("阳光县新局", slug="new"), make_department("阳光县旧局", slug="old")
    Department.objects.filter(pk=old.department.pk).update(closed_on=TODAY - dt.timedelta(days=1), successor=new.department)
    response = client.get(old.url)
    assert response.context["is_closed"]
    assert f'href="{new.url}"' in response.content.decode()


@pytest.mark.parametrize("amount", [1, 8])
def test_queries_of_a_department_page(
    client: Client, *, department_page: DepartmentPage, publish: Publish, leaf: CatalogueItem, django_assert_max_num_queries: Any, amount: int,
) -> None:
    """At most 15, with one item of each type as with eight."""
    leaf.departments.add(department_page.department)
    for model in (PolicyDocumentPage, InterpretationPage, ServiceGuidePage, ArticlePage):
        for _number in range(amount):
            publish(model)
    for _number in range(amount):
        publish()
        publish(ArticlePage, article_kind="leader", person_name="张三")
    client.get(department_page.url)
    with django_assert_max_num_queries(15):
        text_of(client, department_page)


# All departments


def test_departments_are_grouped_and_closed_ones_apart(client: Client, make_department: Make) -> None:
    town, office = make_department("向阳镇人民政府", slug="xy", kind="township"), make_department("阳光县人民政府办公室", slug="fb", kind="county_office")
    closed = make_department("阳光县旧局", slug="old")
    Department.objects.filter(pk=closed.department.pk).update(closed_on=TODAY, successor=office.department)
    context = client.get(DepartmentIndexPage.objects.get().url).context
    assert [(group.kind, [each.department.name for each in group.departments]) for group in context["groups"]] == [
        ("county_office", ["阳光县人民政府办公室"]), ("township", [town.department.name]),
    ]
    assert [(each.department.name, each.answering.department.name) for each in context["closed"]] == [("阳光县旧局", "阳光县人民政府办公室")]


def test_departments_are_found_by_name_former_name_and_duty(client: Client, make_department: Make) -> None:
    page = make_department("阳光县卫生局", slug="weisheng", duties="疫苗接种")
    page.department.rename("阳光县卫生健康局", "县卫健局", dt.date(2024, 3, 1))
    make_department("阳光县教育局", slug="jiaoyu")
    index = DepartmentIndexPage.objects.get()
    for words in ("卫健", "卫生局", "疫苗", "县 健康"):
        groups = client.get(index.url, {"q": words}).context["groups"]
        assert [each.department.slug for group in groups for each in group.departments] == ["weisheng"]
    assert client.get(index.url, {"q": "<没有>"}).context["groups"] == []


def test_queries_of_the_list_of_departments(client: Client, make_department: Make, django_assert_max_num_queries: Any) -> None:
    """At most 15, with many departments, former names and successors."""
    first = make_department()
    for _number in range(12):
        page = make_department()
        page.department.rename(f"{page.department.name}新", "新局", TODAY)
        Department.objects.filter(pk=page.department.pk).update(closed_on=TODAY, successor=first.department)
    index = DepartmentIndexPage.objects.get()
    client.get(index.url)
    with django_assert_max_num_queries(15):
        text_of(client, index)


# Columns


@pytest.fixture
def make_column(home: HomePage) -> Callable[..., SectionPage]:
    def make(slug: str, parent: Any = None, **fields: Any) -> SectionPage:
        values = {"title": f"栏目{slug}", "description": "说明", "keywords": "词", "column_type": "通知公告"}
        return (parent or home).add_child(instance=SectionPage(slug=slug, **{**values, **fields}))

    return make


def test_a_column_lists_what_fits_all_its_conditions(client: Client, make_column: Any, publish: Publish, make_department: Make, leaf: CatalogueItem) -> None:
    other = make_department("阳光县教育局", slug="jiaoyu")
    publish(title="合适", notice_kind="announcement")
    publish(title="别的类别")
    publish(title="别的部门", notice_kind="announcement", parent=other)
    publish(PolicyDocumentPage, title="别的类型")
    column = make_column("gg", kinds=["notice"], categories=["announcement"], department=Department.objects.get(slug="minzheng"), catalogue_item=leaf.parent)
    assert [item.title for item in client.get(column.url).context["listing"].rows] == ["合适"]


def test_a_column_tells_machines_what_it_is_and_names_its_feed(client: Client, make_column: Any) -> None:
    column = make_column("gg", kinds=["notice"], description="通知和公告", keywords="通知,公告")
    text = text_of(client, column)
    for name, value in (("ColumnName", "栏目gg"), ("ColumnDescription", "通知和公告"), ("ColumnKeywords", "通知,公告"), ("ColumnType", "通知公告")):
        assert f'<meta name="{name}" content="{value}">' in text
    assert f'type="application/atom+xml" title="栏目gg" href="/feed/column/{column.pk}/"' in text


def test_a_column_without_conditions_only_gathers_the_public_ones_below(client: Client, make_column: Any) -> None:
    top = make_column("top")
    make_column("seen", parent=top)
    make_column("draft", parent=top, live=False)
    response = client.get(top.url)
    assert response.context["listing"] is None
    assert [each.slug for each in response.context["sub_pages"]] == ["seen"]


@pytest.mark.parametrize("query", ["?page=999", "?page=abc", "?year=99999", "?kind=x&theme=y&department=z", "?page=" + "9" * 400, "?sort=%00"])
def test_any_address_of_a_list_is_answered(client: Client, make_column: Any, publish: Publish, query: str) -> None:
    publish()
    text_of(client, make_column("gg", kinds=["notice"]), query)
    assert client.get("/items/" + query).status_code == 200


@pytest.mark.parametrize("amount", [2, 25])
def test_queries_of_lists(client: Client, make_column: Any, publish: Publish, django_assert_max_num_queries: Any, amount: int) -> None:
    """At most 15 for a column and for the list of all items, with two items as with more than a page."""
    column = make_column("gg", parent=make_column("top"), kinds=["notice"])
    make_column("below", parent=column)
    for _number in range(amount):
        publish()
    client.get(column.url)
    with django_assert_max_num_queries(15):
        text_of(client, column)
    with django_assert_max_num_queries(15):
        client.get("/items/?kind=notice")


def section_form(**values: Any) -> SectionForm:
    form = SectionPage.get_edit_handler().get_form_class()
    base = {"title": "栏目", "slug": "lm", "description": "说明", "keywords": "词", "column_type": "通知公告"}
    return form({**base, **values}, instance=SectionPage(), parent_page=HomePage.objects.get(), for_user=User.objects.create_superuser("chief"))


def test_kinds_and_categories_are_ticked_and_kept_as_lists(home: HomePage) -> None:
    form = section_form(kinds=["notice"], categories=["news", "tender"])
    assert form.is_valid(), form.errors
    assert (form.save(commit=False).kinds, form.instance.categories) == (["notice"], ["news", "tender"])
    assert form["kinds"].field.widget.input_type == "checkbox"


@pytest.mark.parametrize(
    ("values", "field"), [({"kinds": ["case"]}, "kinds"), ({"kinds": ["policy"], "categories": ["news"]}, "categories"), ({"categories": ["x"]}, "categories")],
)
def test_kinds_and_categories_that_cannot_be_are_refused_at_their_field(home: HomePage, values: dict[str, Any], field: str) -> None:
    form = section_form(**values)
    assert not form.is_valid()
    assert list(form.errors) == [field]


# The disclosure guide


def test_the_disclosure_guide_shows_its_nine_elements_and_the_day_of_review(client: Client, home: HomePage) -> None:
    names = ("classification", "arrangement", "ways_to_get", "office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_online")
    values = {name: f"内容-{name}" for name in names}
    guide = home.add_child(instance=OpenGuidePage(title="政府信息公开指南", slug="zn", reviewed_on=dt.date(2026, 6, 30), **values))
    with translation.override("zh-hans"):
        text = text_of(client, guide)
    for name in names:
        assert f"内容-{name}" in text
    assert "2026年6月30日" in text
