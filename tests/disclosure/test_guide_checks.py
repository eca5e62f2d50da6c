"""Consistency of service guides (standards §7.2, §15 row 52)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.items.guide_checks import guide_errors, guide_gaps, guide_warnings, in_calendar_days, step_problem
from disclosure.items.guides import GuideMaterial, ServiceGuidePage

pytestmark = pytest.mark.django_db


def guide(**fields: Any) -> ServiceGuidePage:
    return ServiceGuidePage(**{"title": "临时救助", "has_fee": False, **fields})


@pytest.mark.parametrize(
    ("promised", "promised_unit", "legal", "legal_unit", "fits"),
    [
        (20, "wd", 20, "wd", True),
        (21, "wd", 20, "wd", False),
        (30, "d", 30, "d", True),
        (31, "d", 30, "d", False),
        # Four weeks are 20 working days or 28 calendar days.
        (20, "wd", 28, "d", True),
        (20, "wd", 27, "d", False),
        (28, "d", 20, "wd", True),
        (29, "d", 20, "wd", False),
        (0, "wd", 0, "wd", True),
    ],
)
def test_promised_is_at_most_legal_also_across_units(promised: int, promised_unit: str, legal: int, legal_unit: str, fits: bool):
    one = guide(promised_time=promised, promised_unit=promised_unit, legal_time=legal, legal_unit=legal_unit)
    assert ("promised_time" in guide_errors(one)) is not fits


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_working_day_is_never_shorter_than_a_calendar_day(working: int, calendar: int):
    assert in_calendar_days(working, "wd") >= in_calendar_days(working, "d")
    assert (in_calendar_days(working, "wd") <= in_calendar_days(calendar, "d")) == (7 * working <= 5 * calendar)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (1, True), (2, False)])
def test_on_the_spot_means_at_most_one_day(days: int, fits: bool):
    assert (guide_errors(guide(handling="on_the_spot", promised_time=days)) == {}) is fits


def test_a_fee_needs_what_and_why_and_its_yes():
    assert set(guide_errors(guide(has_fee=True))) == {"fee", "fee_basis"}
    assert guide_errors(guide(has_fee=True, fee="每证10元", fee_basis="省价费〔2020〕1号")) == {}
    for unsaid in (False, None):
        assert set(guide_errors(guide(has_fee=unsaid, fee="每证10元"))) == {"has_fee"}
        assert guide_errors(guide(has_fee=unsaid)) == {}


def test_a_fee_left_open_is_warned_of_and_stops_nothing():
    one = guide(has_fee=None, complaint_phone="12345", promised_time=0)
    assert guide_errors(one) == {}
    assert guide_gaps(one) == {}
    assert len(guide_warnings(one, [])) == 1
    assert guide_warnings(guide(has_fee=True, fee="每证10元", fee_basis="省价费〔2020〕1号"), []) == []


def test_a_new_guide_and_a_new_material_state_nothing():
    assert ServiceGuidePage().has_fee is None
    material = GuideMaterial()
    assert (material.copies, material.form, material.need) == (None, "", "")


def test_steps_fit_into_the_promised_time():
    one = guide(promised_time=5)
    assert step_problem(one, [Decimal("0.5"), None, Decimal("4.5")]) is None
    assert "5.5" in str(step_problem(one, [Decimal(1), Decimal("4.5")]))
    assert step_problem(guide(), [Decimal(100)]) is None


def test_the_mandatory_fields():
    assert set(guide_gaps(guide(for_people=False))) == {"complaint_phone", "promised_time", "for_people"}
    assert guide_gaps(guide(complaint_phone="12345", promised_time=0)) == {}


@pytest.mark.parametrize("conditions", ["年满十八周岁;其他条件", "法律、法规规定的其他条件", "符合法律法规规定的其它情形", "其他相关要求"])
def test_catch_all_conditions_are_warned_of(conditions: str):
    assert len(guide_warnings(guide(conditions=conditions), [])) == 1


def test_plain_conditions_are_not():
    assert guide_warnings(guide(conditions="本县户籍;年满六十周岁;无其他收入来源"), []) == []


def test_materials_without_basis_quantity_source_or_help_are_warned_of():
    usual = {"copies": 1, "form": "original", "need": "required"}
    good = GuideMaterial(name="居民身份证", **usual, source="公安机关", basis="《居民身份证法》第十四条")
    assert guide_warnings(guide(), [good]) == []
    bare = GuideMaterial(name="其他相关材料", **{**usual, "copies": 0})
    assert len(guide_warnings(guide(), [bare])) == 5
    optional = GuideMaterial(name="委托书", **{**usual, "need": "optional"}, basis="《民法典》第一百六十五条")
    assert len(guide_warnings(guide(), [optional])) == 1


@pytest.mark.parametrize("left_open", ["copies", "form", "need"])
def test_what_a_material_leaves_open_is_warned_of(left_open: str):
    stated = {"copies": 1, "form": "original", "need": "required", "source": "公安机关", "basis": "《居民身份证法》第十四条"}
    silent = GuideMaterial(name="居民身份证", **{name: value for name, value in stated.items() if name != left_open})
    assert len(guide_warnings(guide(), [silent])) == 1
