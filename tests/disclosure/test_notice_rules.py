"""What each category of notice needs, and how long its period lasts (standards §8, §15 rows 40, 54, 55)."""

import datetime as dt
from typing import Any

import pytest

from disclosure.items.kinds import NoticeCategory
from disclosure.items.notice_rules import DEFAULTS, FOLLOWS, REQUIRED, NoticeRule, RuleBook, notice_gaps, notice_warnings, problems_of, seed_notice_rules
from disclosure.items.notices import NoticePage

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 3, 6)


def notice(category: str, start: dt.date | None = None, days: int | None = None, **fields: Any) -> NoticePage:
    end = start + dt.timedelta(days=days) if start and days is not None else None
    return NoticePage(title="某公告", notice_kind=category, period_start=start, period_end=end, **fields)


def test_a_tender_without_source_of_funds_is_told_so_at_that_field():
    assert "funding_source" in notice_gaps(notice(NoticeCategory.TENDER, project_name="道路"))
    assert "funding_source" not in notice_gaps(notice(NoticeCategory.TENDER, funding_source="县财政资金"))


@pytest.mark.parametrize(
    ("category", "days", "fits"),
    [
        (NoticeCategory.CANDIDATES, 2, False),
        (NoticeCategory.CANDIDATES, 3, True),
        (NoticeCategory.TENDER, 4, False),
        (NoticeCategory.TENDER, 5, True),
        # From Friday on five working days end on the next Friday.
        (NoticeCategory.SINGLE_SOURCE, 6, False),
        (NoticeCategory.SINGLE_SOURCE, 7, True),
        (NoticeCategory.PREQUALIFICATION, 6, False),
        (NoticeCategory.PREQUALIFICATION, 7, True),
        (NoticeCategory.LAND_PRE_NOTICE, 13, False),
        (NoticeCategory.LAND_PRE_NOTICE, 14, True),
        (NoticeCategory.LAND_COMPENSATION, 29, False),
        (NoticeCategory.LAND_COMPENSATION, 30, True),
        (NoticeCategory.NEWS, 0, True),
    ],
)
def test_minimum_periods(category: str, days: int, fits: bool):
    assert ("period_end" in problems_of(notice(category, FRIDAY, days))) is not fits


def test_a_period_over_the_spring_festival_counts_makeup_days_and_leaves_out_the_holidays():
    # 2026-02-13 is a Friday; Saturday the 14th is a makeup day, work goes on on the 24th.
    start = dt.date(2026, 2, 13)
    from portal.calendar.models import CalendarDay

    CalendarDay.objects.update_or_create(date=dt.date(2026, 2, 14), defaults={"is_working": True})
    for day in range(15, 24):
        CalendarDay.objects.update_or_create(date=dt.date(2026, 2, day), defaults={"is_working": False})
    assert "period_end" in problems_of(notice(NoticeCategory.SINGLE_SOURCE, start, (dt.date(2026, 2, 26) - start).days))
    assert problems_of(notice(NoticeCategory.SINGLE_SOURCE, start, (dt.date(2026, 2, 27) - start).days)) == {}


def test_a_consultation_of_29_days_needs_a_reason():
    short = notice(NoticeCategory.CONSULTATION, FRIDAY, 29)
    assert set(problems_of(short)) == {"period_end", "short_period_reason"}
    short.short_period_reason = "防汛应急,须在汛期前施行"
    assert problems_of(short) == {}


def test_a_reason_doesnt_shorten_what_the_law_fixes():
    assert "period_end" in problems_of(notice(NoticeCategory.CANDIDATES, FRIDAY, 2, short_period_reason="赶工期"))


def test_the_error_names_the_earliest_end_and_the_basis():
    message = str(problems_of(notice(NoticeCategory.CANDIDATES, FRIDAY, 2))["period_end"])
    assert "9" in message
    assert "第五十四条" in message


def test_days_in_the_wrong_order():
    assert "period_end" in problems_of(notice(NoticeCategory.NOTICE, FRIDAY, -1))
    assert "period_start" in problems_of(NoticePage(notice_kind=NoticeCategory.NOTICE, period_end=FRIDAY))


def test_a_county_may_set_a_longer_period_from_a_day_on():
    seed_notice_rules()
    NoticeRule.objects.create(category=NoticeCategory.CANDIDATES, what="period", amount=5, unit="d", basis="县公共资源交易规则", valid_from=dt.date(2026, 3, 1))
    assert "period_end" in problems_of(notice(NoticeCategory.CANDIDATES, FRIDAY, 3))
    assert problems_of(notice(NoticeCategory.CANDIDATES, dt.date(2026, 2, 26), 3)) == {}


def test_seeding_twice_adds_nothing_and_keeps_what_was_changed():
    assert seed_notice_rules() == len(DEFAULTS)
    NoticeRule.objects.filter(category=NoticeCategory.CANDIDATES, what="period").update(amount=4)
    assert seed_notice_rules() == 0
    assert RuleBook.of(NoticeCategory.CANDIDATES, FRIDAY).rules["period"].amount == 4


def test_every_rule_has_its_basis_and_asks_for_the_dates_it_counts():
    for category, what, amount, unit, basis in DEFAULTS:
        assert amount > 0
        assert unit in NoticeRule.Unit.values
        assert basis.startswith("《")
        if what == "publish":
            assert "event_on" in REQUIRED[category]


def test_required_fields_exist_on_the_page():
    names = {field.name for field in NoticePage._meta.get_fields()}
    assert {name for fields in REQUIRED.values() for name in fields} <= names


def test_an_award_published_on_the_third_working_day_is_late_but_not_refused():
    award = notice(NoticeCategory.AWARD, event_on=FRIDAY)
    assert notice_warnings(award, day=dt.date(2026, 3, 10)) == []
    assert len(notice_warnings(award, day=dt.date(2026, 3, 11))) == 1
    assert problems_of(award) == {}


def test_expropriation_is_published_within_15_working_days_of_approval():
    land = notice(NoticeCategory.LAND_EXPROPRIATION, event_on=FRIDAY)
    assert notice_warnings(land, day=dt.date(2026, 3, 27)) == []
    assert len(notice_warnings(land, day=dt.date(2026, 3, 28))) == 1


def test_a_correction_names_its_original_and_a_result_its_consultation(publish: Any):
    tender = publish(notice_kind=NoticeCategory.TENDER)
    news = publish(notice_kind=NoticeCategory.NEWS)
    assert "original" in notice_gaps(notice(NoticeCategory.CORRECTION))
    assert problems_of(notice(NoticeCategory.CORRECTION, original=tender)) == {}
    assert "original" in problems_of(notice(NoticeCategory.CORRECTION, original=news))
    assert "original" in problems_of(notice(NoticeCategory.CONSULTATION_RESULT, original=tender))
    assert set(FOLLOWS) == {NoticeCategory.CORRECTION, NoticeCategory.CONSULTATION_RESULT}


def test_a_notice_doesnt_follow_itself(publish: Any):
    tender = publish(notice_kind=NoticeCategory.NOTICE)
    tender.original = tender
    assert "original" in problems_of(tender)
