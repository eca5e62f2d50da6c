"""Time limits of publication (Regulation Art. 26, standards §1.1, §15 row 9)."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.catalogue.limits import due_date, limit_words, overdue
from disclosure.catalogue.models import CatalogueItem
from portal.calendar.seeding import seed_calendar
from portal.calendar.store import load_calendar
from portal.calendar.work_calendar import WorkCalendar

BY_RULE = WorkCalendar()


@dataclass
class Filed:
    """Something made and not yet published."""

    catalogue_item: CatalogueItem | None
    made_on: dt.date | None


def leaf(amount, unit="wd"):
    return CatalogueItem(code="x", name="x", limit_amount=amount, limit_unit=unit, limit_from="信息形成")


def test_twenty_working_days_over_the_spring_festival_of_2026(db):
    """The vector of §15 row 9: formed on 2026-02-10, unpublished on 03-17 → overdue."""
    seed_calendar()
    calendar = load_calendar()
    late = list(overdue([Filed(leaf(20), dt.date(2026, 2, 10))], dt.date(2026, 3, 17), calendar))
    assert len(late) == 1 and late[0].due < dt.date(2026, 3, 17) and not late[0].provisional
    assert calendar.working_days_between(dt.date(2026, 2, 10), late[0].due) == 20
    assert not list(overdue([Filed(leaf(20), dt.date(2026, 2, 10))], late[0].due, calendar))


@pytest.mark.parametrize(
    ("amount", "unit", "made_on", "expected"),
    [
        (7, "wd", dt.date(2025, 6, 9), dt.date(2025, 6, 18)),
        (20, "d", dt.date(2025, 6, 9), dt.date(2025, 6, 30)),  # 29 June is a Sunday
        (20, "d", dt.date(2025, 6, 10), dt.date(2025, 6, 30)),
        (1, "d", dt.date(2025, 6, 9), dt.date(2025, 6, 10)),
        (None, "wd", dt.date(2025, 6, 9), dt.date(2025, 7, 7)),  # without delay: at the latest Art. 26
    ],
)
def test_each_unit(amount, unit, made_on, expected):
    assert due_date(leaf(amount, unit), made_on, BY_RULE).date == expected


def test_without_a_leaf_the_law_holds():
    assert due_date(None, dt.date(2025, 6, 9), BY_RULE) == due_date(leaf(20), dt.date(2025, 6, 9), BY_RULE)


@given(st.dates(dt.date(2010, 1, 1), dt.date(2035, 12, 31)), st.integers(1, 90), st.sampled_from(["wd", "d"]))
def test_due_dates_are_working_days_after_the_start_and_never_shrink(made_on, amount, unit):
    due = due_date(leaf(amount, unit), made_on, BY_RULE).date
    assert due > made_on and BY_RULE.is_working_day(due)
    assert due_date(leaf(amount + 1, unit), made_on, BY_RULE).date >= due
    assert due_date(leaf(amount, unit), made_on + dt.timedelta(days=1), BY_RULE).date >= due


def test_what_has_no_date_is_not_overdue():
    assert not list(overdue([Filed(leaf(7), None)], dt.date(2026, 1, 1), BY_RULE))


def test_words_say_amount_unit_and_start():
    assert "7" in limit_words(leaf(7)) and "信息形成" in limit_words(leaf(7))
    assert limit_words(leaf(7)) != limit_words(leaf(7, "d"))
    assert limit_words(leaf(None)) != limit_words(leaf(20))
