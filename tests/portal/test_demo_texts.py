"""How the texts of the demo county are read: heads, markup, dates."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.work_calendar import WorkCalendar
from portal.demo.markup import Markup
from portal.demo.source import parse
from portal.demo.timetable import Writer, month_of, working_day_before

WEEKDAYS = WorkCalendar.of({})


def blocks(text: str) -> list[dict[str, Any]]:
    return Markup({"a": 7}.__getitem__, {"river": 3}.__getitem__).blocks(text)


def test_a_head_repeats_fields_and_goes_on_in_moved_in_lines() -> None:
    entry = parse("=== k\ntitle: T\nstep: one\nstep: two\n  more\n\nbody\n\nend")[0]
    assert (entry.key, entry.get("title"), entry.all("step"), entry.body) == ("k", "T", ["one", "two\nmore"], "body\n\nend")


def test_a_head_line_without_colon_is_refused() -> None:
    with pytest.raises(ValueError, match="k: a head line"):
        parse("=== k\ntitle\n\nbody")


def test_articles_take_their_following_lines() -> None:
    made = blocks("第一条　甲\n（一）乙\n第二条　丙")
    assert [(block["value"]["number"], block["value"]["text"]) for block in made] == [("第一条", "<p>甲</p><p>（一）乙</p>"), ("第二条", "<p>丙</p>")]


def test_tables_questions_steps_and_links() -> None:
    table, questions, steps, paragraph = blocks("表：T\n| a | b |\n| 1 | 2 |\n\n问：q\n答：x\ny\n\n步骤：s｜t\n\n见[乙](a)和**丙**<b>")
    assert table["value"]["caption"] == "T"
    assert table["value"]["rows"] == [{"values": ["1", "2"]}]
    assert questions["value"][0]["value"] == {"question": "q", "answer": "<p>x</p><p>y</p>"}
    assert steps["value"][0]["value"] == {"title": "s", "text": "<p>t</p>"}
    assert paragraph["value"] == '<p>见<a linktype="page" id="7">乙</a>和<b>丙</b>&lt;b&gt;</p>'


def test_an_uneven_table_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        blocks("表：T\n| a | b |\n| 1 |")


def test_dates_are_counted_from_their_anchor() -> None:
    writer = Writer({"D": dt.date(2026, 1, 30)}, WEEKDAYS, lambda spec: {"phone": "1"}[spec])
    assert writer.fill("{D}，{D+3m}，{W+1}，{Y-1}，{M-1}，{M-1m}，{phone}") == "2026年1月30日，2月2日，2026年2月2日，2025，2025年12月，12，1"
    with pytest.raises(KeyError):
        writer.fill("{nothing}")


@given(st.dates(dt.date(2004, 1, 1), dt.date(2040, 12, 31)))
def test_the_working_day_before_is_at_most_a_long_holiday_away(day: dt.date) -> None:
    found = working_day_before(day, WEEKDAYS)
    assert WEEKDAYS.is_working_day(found)
    assert dt.timedelta(0) <= day - found <= dt.timedelta(days=12)


@given(st.dates(dt.date(2004, 1, 1), dt.date(2040, 12, 31)), st.integers(-30, 30))
def test_months_shift_back_and_forth(day: dt.date, shift: int) -> None:
    year, month = month_of(day, shift)
    assert month_of(dt.date(year, month, 1), -shift) == (day.year, day.month)
