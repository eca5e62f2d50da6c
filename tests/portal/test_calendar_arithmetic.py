"""Working-day arithmetic: the vectors of the rules, and properties that hold for every calendar."""

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.statutory import MOVABLE, is_weekend, statutory_days
from portal.calendar.work_calendar import Due, WorkCalendar

DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def known_years() -> WorkCalendar:
    """2004–2026 as the package has them, without the database."""
    first, last = dt.date(2004, 1, 1), dt.date(2026, 12, 31)
    days = [first + shift * DAY for shift in range((last - first).days + 1)]
    return WorkCalendar.of({each: (chinese_calendar.is_workday(each), False) for each in days})


KNOWN = known_years()

VECTORS = [
    ("2026-02-10", 20, "2026-03-16"),
    ("2026-02-13", 1, "2026-02-14"),
    ("2026-01-30", 20, "2026-03-05"),
    ("2026-03-02", 7, "2026-03-11"),
    ("2026-03-02", 15, "2026-03-23"),
    ("2026-03-02", 20, "2026-03-30"),
    ("2026-04-28", 5, "2026-05-08"),
    ("2026-05-08", 1, "2026-05-09"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 7, "2026-09-29"),
    ("2026-09-30", 1, "2026-10-08"),
    ("2026-11-20", 20, "2026-12-18"),
    ("2026-12-01", 20, "2026-12-29"),
]


@pytest.mark.parametrize(("start", "count", "due"), VECTORS)
def test_vectors_of_the_rules(start, count, due):
    assert KNOWN.add_working_days(day(start), count) == Due(day(due), provisional=False)
    assert KNOWN.working_days_between(day(start), day(due)) == count


def test_a_term_that_runs_into_a_year_without_notice_is_provisional_and_no_error():
    assert KNOWN.add_working_days(day("2026-12-04"), 20) == Due(day("2027-01-04"), provisional=True)
    assert KNOWN.add_working_days(day("2026-12-04"), 19) == Due(day("2026-12-31"), provisional=False)


def test_2026_has_248_working_days_with_its_six_makeup_days():
    assert KNOWN.working_days_between(day("2025-12-31"), day("2026-12-31")) == 248
    makeup = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    assert all(KNOWN.is_working_day(day(text)) and is_weekend(day(text)) for text in makeup)


@pytest.mark.parametrize(
    ("text", "due"),
    [("2026-10-01", "2026-10-08"), ("2026-10-08", "2026-10-08"), ("2026-10-10", "2026-10-10"), ("2026-02-15", "2026-02-24"), ("2027-02-06", "2027-02-09")],
)
def test_a_last_day_off_moves_to_the_next_working_day(text, due):
    assert KNOWN.next_working_day(day(text)).date == day(due)
    assert KNOWN.add_working_days(day(text), 0).date == day(due)


def test_calendar_days_roll_forward():
    assert KNOWN.add_calendar_days(day("2026-09-02"), 30) == Due(day("2026-10-08"))


def test_an_empty_calendar_follows_weekdays_and_statutory_days():
    empty = WorkCalendar()
    assert not empty.is_working_day(day("2027-10-01")) and not empty.is_working_day(day("2027-09-15"))
    assert empty.is_working_day(day("2027-10-08")) and empty.is_provisional(day("2027-10-08"))
    assert not empty.is_working_day(day("2060-05-01")) and not empty.has_data(2060)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        KNOWN.add_working_days(day("2026-03-02"), -1)
    with pytest.raises(ValueError, match="at least 1"):
        KNOWN.subtract_working_days(day("2026-03-02"), 0)


@pytest.mark.parametrize("year", MOVABLE)
def test_thirteen_statutory_days_unless_two_coincide(year):
    days = statutory_days(year)
    # Mid-Autumn falls on National Day's holiday in these two.
    assert len(days) == (12 if year in (2028, 2031) else 13)
    assert all(each.year == year for each in days)


def test_statutory_days_of_2027():
    assert [each.isoformat()[5:] for each in sorted(statutory_days(2027))] == [
        "01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02", "10-03",
    ]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_notices_since_the_revision_give_all_statutory_days_off(year):
    """The fixed ones of our rule against what the State Council really published."""
    assert not any(KNOWN.is_working_day(each) for each in statutory_days(year))


DATES = st.dates(dt.date(2003, 1, 1), dt.date(2040, 12, 31))
COUNTS = st.integers(1, 300)
CALENDARS = st.dictionaries(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.tuples(st.booleans(), st.booleans()), max_size=60).map(WorkCalendar.of)


@given(DATES, COUNTS)
def test_never_lands_on_a_day_off(start, count):
    assert KNOWN.is_working_day(KNOWN.add_working_days(start, count).date)


@given(DATES, COUNTS, COUNTS)
def test_more_days_fall_due_later(start, first, second):
    low, high = sorted((first, second))
    due_low, due_high = KNOWN.add_working_days(start, low).date, KNOWN.add_working_days(start, high).date
    assert due_low < due_high if low < high else due_low == due_high


@given(DATES, DATES, COUNTS)
def test_a_later_start_never_falls_due_earlier(first, second, count):
    low, high = sorted((first, second))
    assert KNOWN.add_working_days(low, count).date <= KNOWN.add_working_days(high, count).date


@given(CALENDARS, st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1)), COUNTS)
def test_between_is_the_inverse_of_add_in_any_calendar(calendar, start, count):
    due = calendar.add_working_days(start, count).date
    assert calendar.working_days_between(start, due) == count
    assert calendar.working_days_between(due, start) == -count


@given(DATES, COUNTS)
def test_going_back_comes_home(start, count):
    origin = KNOWN.next_working_day(start).date
    assert KNOWN.subtract_working_days(KNOWN.add_working_days(origin, count).date, count).date == origin


@given(DATES, DATES, DATES)
def test_between_adds_up(first, second, third):
    assert KNOWN.working_days_between(first, second) + KNOWN.working_days_between(second, third) == KNOWN.working_days_between(first, third)


@given(DATES, COUNTS)
def test_provisional_exactly_when_a_day_passed_is(start, count):
    due = KNOWN.add_working_days(start, count)
    passed = [start + shift * DAY for shift in range(1, (due.date - start).days + 1)]
    assert due.provisional == any(each.year not in range(2004, 2027) for each in passed)
