"""Freshness of leaves and columns (standards §3.5, §4.1, §15 row 14)."""

import csv
import datetime as dt
import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from disclosure.catalogue.freshness import CYCLE_DAYS, State, Thresholds, columns, duties, state_of, veto
from disclosure.catalogue.models import CatalogueItem
from disclosure.items.columns import SectionPage
from disclosure.items.kinds import ColumnType

TODAY = dt.date(2026, 9, 24)


def days_ago(days):
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def monthly(leaf, department_page):
    """The leaf, renewed every month by 县民政局."""
    leaf.cycle = CatalogueItem.Cycle.MONTH
    leaf.save()
    leaf.departments.add(department_page.department)
    return leaf


@pytest.fixture
def section(home):
    """Makes columns with a rule, each showing one category of notices."""

    def make(title, category, column_type=ColumnType.DATA, fresh_days=14):
        page = SectionPage(
            title=title, slug=category.replace("_", "-"),
            description=title, keywords=title, column_type=column_type, kinds=["notice"], categories=[category], fresh_days=fresh_days,
        )
        home.add_child(instance=page)
        return page

    return make


@pytest.mark.parametrize(
    ("age", "days", "state"),
    [(None, 31, "empty"), (0, 31, "fresh"), (24, 31, "fresh"), (25, 31, "due_soon"), (31, 31, "due_soon"), (32, 31, "stale"), (4000, None, "fresh"), (None, None, "empty")],
)
def test_states_by_age(age, days, state):
    last = None if age is None else TODAY - dt.timedelta(days=age)
    due, found = state_of(last, days, TODAY)
    assert found == state
    assert due == (last + dt.timedelta(days=days) if last and days else None)


@given(st.integers(0, 3000), st.sampled_from(sorted(CYCLE_DAYS.values())))
def test_nothing_gets_fresher_by_waiting(age, days):
    order = [State.FRESH, State.DUE_SOON, State.STALE]
    last = TODAY - dt.timedelta(days=age)
    assert order.index(state_of(last, days, TODAY)[1]) <= order.index(state_of(last, days, TODAY + dt.timedelta(days=1))[1])


def test_a_duty_for_each_responsible_department(monthly, make_department, publish):
    other = make_department("阳光县教育局").department
    monthly.departments.add(other)
    publish(catalogue_item=monthly, published_at=days_ago(40))
    found = {duty.department.name: duty for duty in duties(timezone.localdate())}
    assert found["阳光县民政局"].state == State.STALE and found["阳光县民政局"].total == 1
    assert found["阳光县教育局"].state == State.EMPTY and found["阳光县教育局"].due is None
    assert [duty.department for duty in duties(timezone.localdate(), department=other.slug)] == [other]


def test_drafts_and_withheld_items_do_not_count(monthly, publish):
    publish(catalogue_item=monthly, mode="on_application")
    publish(catalogue_item=monthly).unpublish()
    assert [duty.state for duty in duties(timezone.localdate())] == [State.EMPTY]


def test_a_closed_department_is_answered_for(monthly, make_department, department_page, publish):
    new = make_department("阳光县民政和社会事务局").department
    publish(catalogue_item=monthly)
    old = department_page.department
    old.closed_on, old.successor = timezone.localdate(), new
    old.save()
    assert [(duty.department, duty.total, duty.state) for duty in duties(timezone.localdate())] == [(new, 1, State.FRESH)]


def test_few_queries_whatever_the_size(monthly, make_department, publish, django_assert_max_num_queries):
    """Five queries for all leaves of all departments."""
    for _number in range(6):
        monthly.departments.add(make_department().department)
    for _number in range(5):
        publish(catalogue_item=monthly)
    with django_assert_max_num_queries(5):
        assert len(duties(timezone.localdate())) == 7


def test_columns_count_as_the_inspection_counts(section, publish):
    """Five overdue columns of news are a veto (§15 row 14); four and a full one aren't."""
    categories = ["news", "notice", "announcement", "publicity", "work"]
    for category in categories:
        section(category, category, ColumnType.NEWS)
        publish(notice_kind=category, published_at=days_ago(20))
    day = timezone.localdate()
    found = columns(day)
    assert {column.state for column in found} == {State.STALE}
    assert veto(found, day, day).is_veto
    publish(notice_kind="news")
    again = veto(columns(day), day, day)
    assert (again.stale_news, again.is_veto) == (4, False)


def test_thresholds_of_other_and_empty_columns(section, publish):
    for category in ("data", "finance", "penalty", "recruitment"):
        section(category, category)
    day = timezone.localdate()
    found = columns(day)
    assert (veto(found, day, day).empty, veto(found, day, day).is_veto) == (4, False)
    assert veto(found, day, day, Thresholds(empty=4)).is_veto
    assert veto(found * 2, day, day).is_veto


def test_a_silent_site_is_vetoed():
    assert not veto([], TODAY - dt.timedelta(days=14), TODAY).is_veto
    assert veto([], TODAY - dt.timedelta(days=15), TODAY).is_veto
    assert veto([], None, TODAY).is_veto


def run(*arguments):
    """Exit status, output, error output of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("freshness", *arguments, stdout=out, stderr=err)
    except SystemExit as left:
        return left.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_exit_status(monthly, publish, section):
    assert run()[0] == 2  # nothing was ever published
    publish(catalogue_item=monthly)
    assert run()[0] == 0
    section("统计数据", "data")
    status, out, _err = run()
    assert status == 1 and "统计数据" in out
    assert run("--department", "minzheng")[0] == 0
    with pytest.raises(CommandError):
        call_command("freshness", "--department", "nobody")


def test_formats(monthly):
    lines = json.loads(run("--format", "json")[1])
    assert [(line["code"], line["state"]) for line in lines] == [(monthly.code, "empty")]
    assert next(csv.DictReader(io.StringIO(run("--format", "csv")[1])))["department"] == "minzheng"


def test_the_report_in_the_admin(client, monthly, publish, make_department):
    monthly.departments.add(make_department("阳光县教育局", slug="jiaoyu").department)
    publish(catalogue_item=monthly)
    client.force_login(User.objects.create_superuser("root"))
    address = reverse("freshness_report")
    page = client.get(address).content.decode()
    assert monthly.name in page and "县民政局" in page and "教育局" in page
    empty = client.get(address, {"state": "empty"})
    assert [duty.department.slug for duty in empty.context["object_list"]] == ["jiaoyu"]
    csv_text = b"".join(client.get(address, {"export": "csv", "state": "fresh"}).streaming_content).decode()
    assert csv_text.startswith("\ufeff") and len(csv_text.splitlines()) == 2
    assert b"".join(client.get(address, {"export": "xlsx"}).streaming_content)[:2] == b"PK"
    assert client.get(address, {"department": "999999", "state": "x"}).status_code == 200


def test_the_report_is_not_for_everybody(client, home):
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(reverse("freshness_report")).status_code == 302

