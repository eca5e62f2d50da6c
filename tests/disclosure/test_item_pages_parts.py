"""The parts of an item's page that need no database: anchors, stories, periods, answers, structured data."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.items.anchors import article_anchor, read_numeral, unique_anchor
from disclosure.items.guide_view import answers_of, spans_of, time_words
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.notice_view import period_of
from disclosure.items.policy_view import read_entry
from disclosure.items.structured import script_of

DAY = dt.date(2026, 9, 24)


def chinese(number: int) -> str:
    """`number` (1 to 9999) in Chinese numerals, as laws write it."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    words, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + units[place]
        gap = not digit
    return words[1:] if 10 <= number < 20 else words


@given(st.integers(1, 9999))
def test_every_numeral_is_read_back(number):
    assert read_numeral(chinese(number)) == number
    assert article_anchor(f"第{chinese(number)}条") == f"art-{number}"


@pytest.mark.parametrize(
    ("written", "anchor"),
    [
        ("第三条", "art-3"), ("第三条之一", "art-3-1"), ("第一百二十条之十一", "art-120-11"), ("第十条", "art-10"), ("第 三 条", "art-3"), ("第　三　条", "art-3"),
        ("第12条", "art-12"), ("第１２条", "art-12"), ("第一千零九条", "art-1009"), ("第二〇条", "art-20"), ("第两百条", "art-200"), ("附则", ""), ("第三章", ""), ("", ""),
        ("第条", ""), ('第三条"><script>', ""),
    ],
)
def test_anchor_of_an_article(written, anchor):
    assert article_anchor(written) == anchor


@given(st.text(max_size=12))
def test_an_anchor_is_always_safe_in_an_address(written):
    assert set(article_anchor(written)) <= set("art-0123456789")


def test_the_same_article_twice_gets_two_anchors():
    taken = set()
    assert [unique_anchor("art-1", taken) for _ in range(3)] == ["art-1", "art-1_2", "art-1_3"]


@pytest.mark.parametrize(
    ("entry", "day", "text"),
    [
        ("2019年4月23日 某会议修正", dt.date(2019, 4, 23), "某会议修正"),
        ("某年某月通过", None, "某年某月通过"),
        ("2019年13月45日 通过", None, "2019年13月45日 通过"),
        ({"date": "2024-06-20", "text": "施行"}, dt.date(2024, 6, 20), "施行"),
        ({"date": "unknown", "text": "施行"}, None, "施行"),
    ],
)
def test_an_entry_of_the_history(entry, day, text):
    event = read_entry(entry)
    assert (event.day, event.text) == (day, text)


@pytest.mark.parametrize("entry", ["", "  ", {}, {"date": "2024-01-01"}])
def test_an_empty_entry_is_no_event(entry):
    assert read_entry(entry) is None


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [(-3, 4, True), (0, 0, True), (-9, -1, False), (1, 9, False), (None, 2, True)],
)
def test_a_period_knows_whether_it_runs(start, end, is_open):
    notice = SimpleNamespace(period_start=DAY + dt.timedelta(start) if start is not None else None, period_end=DAY + dt.timedelta(end))
    assert period_of(notice, DAY).is_open is is_open


def test_the_days_left_are_told():
    notice = SimpleNamespace(period_start=DAY, period_end=DAY + dt.timedelta(17))
    assert "17" in period_of(notice, DAY).words
    assert period_of(SimpleNamespace(period_start=None, period_end=None), DAY) is None


def test_bars_compare_only_the_same_unit(db):
    same = ServiceGuidePage(legal_time=20, legal_unit="wd", promised_time=5, promised_unit="wd")
    mixed = ServiceGuidePage(legal_time=30, legal_unit="d", promised_time=5, promised_unit="wd")
    assert [span.share for span in spans_of(same)] == [100, 25]
    assert [span.share for span in spans_of(mixed)] == [0, 0]
    assert spans_of(ServiceGuidePage()) == []


def test_units_are_always_said():
    assert time_words(5, "wd") != time_words(5, "d")
    assert time_words(None, "wd") == ""


def test_answers_leave_out_what_the_guide_doesnt_say(db):
    assert answers_of(ServiceGuidePage(), []) == []
    assert [answer.big for answer in answers_of(ServiceGuidePage(has_fee=False), [])] == ["0"]
    full = ServiceGuidePage(legal_time=20, promised_time=5, visits=1, has_fee=True, fee="10元")
    needs = [SimpleNamespace(need="required"), SimpleNamespace(need="optional")]
    assert [answer.big for answer in answers_of(full, needs)][0::2] == ["5", "1"]
    assert answers_of(full, needs)[-1].big == "1"
    named = answers_of(full, [*needs, SimpleNamespace(need="")])[-1]
    assert (named.big, named.note) == ("3", "")
    assert named.question != answers_of(full, needs)[-1].question


def test_structured_data_cannot_break_out():
    script = script_of({"name": "</script><script>alert(1)</script>&<!--"})
    inner = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inner and json.loads(inner)["name"].startswith("</script>")
