"""Public pages of the catalogue, the standard table in its three forms."""

import csv
import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from disclosure.catalogue.counts import figures_by_leaf, public_items, totals_by_theme
from disclosure.catalogue.exports import BOM, safe_cell
from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.catalogue.seed import seed_catalogue
from disclosure.catalogue.standard_table import HEADER
from disclosure.catalogue.tree import catalogue_nodes, grow
from portal.departments.models import Department

BUDGET = 15
COLUMNS_OF_THE_FORM = [
    "序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
    "全社会", "特定群体", "主动", "依申请", "县级", "乡级", "村级",
]


@pytest.fixture
def catalogue(department_page):
    """The delivered catalogue; 县民政局 is the only department."""
    cache.clear()
    seed_catalogue()


@pytest.fixture
def low_income(catalogue):
    """The leaf 最低生活保障."""
    return CatalogueItem.objects.get(code="21.7.1")


def test_counts_are_rolled_up_and_only_of_public_items(publish, low_income):
    publish(catalogue_item=low_income)
    publish(catalogue_item=CatalogueItem.objects.get(code="21.7.3"))
    publish(catalogue_item=low_income, mode="on_application")
    publish(catalogue_item=low_income).unpublish()
    tree = grow(catalogue_nodes(), figures_by_leaf(public_items(), timezone.localdate()))
    assert tree.by_code["21.7.1"].figures.total == 1
    assert tree.by_code["21.7"].figures.total == tree.by_code["21"].figures.total == 2
    assert tree.by_code["20"].figures.total == 0
    assert tree.by_code["21"].figures.this_month == 2 and tree.by_code["21"].figures.last


def test_last_month_is_not_this_month(publish, low_income):
    long_ago = dt.datetime(2025, 12, 31, 23, 59, tzinfo=timezone.get_current_timezone())
    publish(catalogue_item=low_income, published_at=long_ago)
    figures = figures_by_leaf(public_items(), dt.date(2026, 1, 1))[low_income.pk]
    assert (figures.total, figures.this_month, figures.last) == (1, 0, long_ago)


def test_the_page_of_a_leaf_says_who_until_when_and_what(client, publish, low_income):
    item = publish(catalogue_item=low_income, title="八月低保新增对象公示")
    page = client.get(reverse("catalogue_item", args=["21.7.1"])).content.decode()
    assert item.title in page and low_income.description in page and "县民政局" in page and low_income.limit_from in page
    assert '<meta name="ColumnType" content="信息公开目录">' in page
    assert "<details open>" in page and 'aria-current="page"' in page


def test_a_branch_lists_what_stands_below_it_and_nothing_else(client, publish, low_income):
    inside = publish(catalogue_item=low_income, title="本类之内的公示")
    outside = publish(catalogue_item=CatalogueItem.objects.get(code="20.7.1"), title="本类之外的预算")
    page = client.get(reverse("catalogue_item", args=["21.7"])).content.decode()
    assert inside.title in page and outside.title not in page


def test_a_code_that_moved_leads_to_the_new_address(client, low_income):
    low_income.parent, low_income.code = CatalogueItem.objects.get(code="20.11"), "20.11.30"
    low_income.save()
    answer = client.get(reverse("catalogue_item", args=["21.7.1"]))
    assert (answer.status_code, answer["Location"]) == (301, reverse("catalogue_item", args=["20.11.30"]))


def test_what_does_not_exist_is_not_found(client, catalogue):
    for address in (
        "/catalogue/99/", "/catalogue/%00/", "/catalogue/20.99/", "/catalogue/standard/?branch=99", "/catalogue/standard/?department=x",
        "/catalogue/standard/?branch=%00", "/catalogue/standard.csv?level=moon",
    ):
        assert client.get(address).status_code == 404, address


def test_odd_filters_never_break_the_page(client, publish, low_income):
    publish(catalogue_item=low_income)
    for query in ("page=9999999", "page=x", "year=-1", "theme=%00", "department=%F0%9F%8C%9E", "validity=1&kind=notice&sort=9"):
        assert client.get(f"/catalogue/21.7.1/?{query}").status_code == 200, query


def test_query_budget(client, publish, low_income, django_assert_max_num_queries):
    """At most 15 queries on every page, as many with 200 as with 20 items."""
    theme = SubjectTheme.objects.get(code="17.03")
    addresses = [reverse(name) for name in ("catalogue", "catalogue_themes", "standard_table")] + [reverse("catalogue_item", args=[code]) for code in ("21.7", "21.7.1")]
    numbers: dict[str, list[int]] = {address: [] for address in addresses}
    for amount in (20, 180):
        for _each in range(amount):
            publish(catalogue_item=low_income, themes=[theme])
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(BUDGET) as queries:
                assert client.get(address).status_code == 200
            numbers[address].append(len(queries))
    assert all(few == many for few, many in numbers.values()), numbers


def test_themes_count_an_item_once_in_a_level_one_theme(client, publish, low_income):
    both = [SubjectTheme.objects.get(code="17.02"), SubjectTheme.objects.get(code="17.03"), SubjectTheme.objects.get(code="17")]
    publish(catalogue_item=low_income, themes=both)
    totals = totals_by_theme(public_items())
    assert [totals[theme.pk] for theme in both] == [1, 1, 1]
    page = client.get(reverse("catalogue_themes")).content.decode()
    assert "/items/?theme=17.03" in page and "优抚安置" in page


def test_the_csv_has_the_columns_of_the_form(client, catalogue):
    answer = client.get(reverse("standard_csv") + "?branch=21.7")
    text = answer.content.decode()
    assert text.startswith(BOM)
    header, *lines = csv.reader(io.StringIO(text.removeprefix(BOM)))
    assert header == COLUMNS_OF_THE_FORM == list(HEADER)
    assert len(lines) == 6 and all(len(line) == len(header) for line in lines)
    by_name = {line[2]: dict(zip(header, line, strict=True)) for line in lines}
    assert by_name["最低生活保障"]["公开主体"] == "县民政局" and by_name["最低生活保障"]["县级"] == "√" and by_name["最低生活保障"]["一级事项"] == "社会救助"
    assert by_name["救助对象公示"]["全社会"] == "" and by_name["救助对象公示"]["特定群体"].startswith("√")


def test_no_cell_is_a_formula(client, low_income):
    low_income.name, low_income.elements = "=HYPERLINK(1)", "@SUM(A1)"
    low_income.save()
    lines = list(csv.reader(io.StringIO(client.get(reverse("standard_csv") + "?branch=21.7.1").content.decode().removeprefix(BOM))))
    assert lines[1][2] == "'=HYPERLINK(1)" and lines[1][3] == "'@SUM(A1)"
    sheet = load_workbook(io.BytesIO(client.get(reverse("standard_xlsx") + "?branch=21.7.1").content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert safe_cell(5) == 5


def test_the_workbook_has_two_header_rows_and_merged_items(client, catalogue):
    sheet = load_workbook(io.BytesIO(client.get(reverse("standard_xlsx") + "?branch=21.7").content)).active
    assert [sheet.cell(2, column).value for column in (1, 2, 4, 9, 11, 13)] == ["序号", "公开事项", "公开内容（要素）", "公开对象", "公开方式", "公开层级"]
    assert [sheet.cell(3, column).value for column in (2, 3, 9, 10, 15)] == ["一级事项", "二级事项", "全社会", "特定群体", "村级"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A2:A3", "B2:C2", "I2:J2", "M2:O2", "B4:B9"} <= merged
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$2:$3"


def test_the_table_can_be_narrowed(client, catalogue):
    whole = client.get(reverse("standard_table")).content.decode()
    assert whole.count('<td class="v">1</td>') == 1 and "基金收支" in whole and "宅基地" in whole
    villages = client.get(reverse("standard_table") + "?level=village").content.decode()
    assert "宅基地" in villages and "基金收支" not in villages
    own = client.get(reverse("standard_table") + "?department=minzheng").content.decode()
    assert "特困人员供养" in own and "义务教育招生入学" not in own


def test_one_word_stands_for_all_of_a_kind(client, make_department):
    for number in range(3):
        make_department(f"第{number}镇", kind=Department.Kind.TOWNSHIP)
    seed_catalogue()
    lines = client.get(reverse("standard_csv") + "?branch=21t.2").content.decode()
    assert "第1镇" not in lines
    CatalogueItem.objects.get(code="21t.2.1").departments.set(Department.objects.filter(name__in=["第0镇", "第1镇"]))
    assert "第0镇、第1镇" in client.get(reverse("standard_csv") + "?branch=21t.2").content.decode()


def test_an_empty_catalogue_is_said_to_be_empty(client, home):
    assert client.get(reverse("catalogue")).status_code == 200
    assert client.get(reverse("standard_table")).status_code == 200
    assert client.get(reverse("catalogue_themes")).status_code == 200
