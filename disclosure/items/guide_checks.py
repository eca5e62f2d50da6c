"""Consistency of a service guide (standards §7.2, §15 row 52): errors that stop a save, gaps that stop publishing, warnings an inspector would raise.

Times in different units are compared by whole weeks: five working days are seven calendar days. So 20 working days promised
against 28 calendar days of the law are equal, and 21 working days are too long.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from disclosure.items.publishing import gaps

if TYPE_CHECKING:
    from disclosure.items.guides import GuideMaterial, ServiceGuidePage

CALENDAR_DAYS_OF = {"wd": Fraction(7, 5), "d": Fraction(1)}
LONGEST_ON_THE_SPOT = 1
NO_STEPS = _("A guide shows its procedure: add at least one step before publishing.")
CATCH_ALL = re.compile(r"其[他它](?:有关|相关|必要的?|应当具备的)?(?:条件|情形|要求|规定)|规定的其[他它]")
CATCH_ALL_MATERIAL = re.compile(r"其[他它](?:有关|相关|必要的?|需要的?)?(?:材料|证明|资料|文件)|等(?:相关|有关)?材料$")


def in_calendar_days(amount: int | Decimal, unit: str) -> Fraction:
    """`amount` in calendar days; five working days are seven."""
    return Fraction(amount) * CALENDAR_DAYS_OF[unit]


def guide_errors(guide: "ServiceGuidePage") -> dict[str, Any]:
    """Errors by field of the guide itself; empty when it is consistent. Steps and materials: `step_problem`, `guide_warnings`."""
    return {**_time_errors(guide), **_fee_errors(guide)}


def _time_errors(guide: "ServiceGuidePage") -> dict[str, Any]:
    promised, legal = guide.promised_time, guide.legal_time
    if promised is None:
        return {}
    if guide.handling == guide.Handling.ON_THE_SPOT and promised > LONGEST_ON_THE_SPOT:
        return {"promised_time": _("Handled on the spot means 0 or 1 day.")}
    if legal is None or in_calendar_days(promised, guide.promised_unit) <= in_calendar_days(legal, guide.legal_unit):
        return {}
    times = {"legal": legal, "unit": guide.get_legal_unit_display()}
    if guide.promised_unit == guide.legal_unit:
        return {"promised_time": _("The promised time is longer than the legal time of %(legal)s %(unit)s.") % times}
    return {"promised_time": _("The promised time is longer than the legal time of %(legal)s %(unit)s; five working days count as seven calendar days.") % times}


def _fee_errors(guide: "ServiceGuidePage") -> dict[str, Any]:
    fee, basis = guide.fee.strip(), guide.fee_basis.strip()
    if not guide.has_fee:
        return {"has_fee": _("A fee is described below; answer yes here, or clear the fee.")} if fee or basis else {}
    errors = {}
    if not fee:
        errors["fee"] = _("Say what is charged and how much.")
    if not basis:
        errors["fee_basis"] = _("A fee needs its basis: the document that sets it, with its number.")
    return errors


def step_problem(guide: "ServiceGuidePage", times: Iterable[Decimal | None]) -> Any | None:
    """The error when the steps take longer together than promised; `times` are in the unit of the promised time."""
    total = sum((time for time in times if time is not None), Decimal(0))
    if guide.promised_time is None or total <= guide.promised_time:
        return None
    return _("The steps take %(total)s together, longer than the %(promised)s promised.") % {"total": f"{total.normalize():f}", "promised": guide.promised_time}


def guide_gaps(guide: "ServiceGuidePage") -> dict[str, Any]:
    """The mandatory fields that are empty (事项名称 and 办理机构 every item has): scope, complaint phone, time; steps: `NO_STEPS`."""
    found = gaps(guide, ("complaint_phone", "promised_time"))
    if not (guide.for_people or guide.for_organisations):
        found["for_people"] = _("Say for whom it is: people, organisations, or both.")
    return found


def guide_warnings(guide: "ServiceGuidePage", materials: Iterable["GuideMaterial"]) -> list[Any]:
    """What doesn't stop a publication: a fee left open (mandatory only where there is one), catch-alls, materials without basis, quantity, source, form or sample."""
    found: list[Any] = []
    if words := CATCH_ALL.search(guide.conditions):
        found.append(_("Conditions: “%(words)s” is a catch-all; conditions are named one by one.") % {"words": words[0]})
    if guide.has_fee is None:
        found.append(_("The guide doesn't say whether there is a fee; citizens are told to ask."))
    for material in materials:
        found.extend(_material_warnings(material))
    return found


def _material_warnings(material: "GuideMaterial") -> list[Any]:
    name = {"name": material.name}
    faults = (
        (bool(CATCH_ALL_MATERIAL.search(material.name)), _("Material “%(name)s” is a catch-all; materials are named one by one.")),
        (not material.basis.strip(), _("Material “%(name)s” names no legal basis.")),
        (not material.copies, _("Material “%(name)s” says no number of copies.")),
        (not (material.form and material.need), _("Material “%(name)s” leaves open whether original or copy, or whether it is required.")),
        (not material.source.strip(), _("Material “%(name)s” doesn't say where it comes from.")),
        (_lacks_help(material), _("Material “%(name)s” is required, but has neither blank form nor sample nor source.")),
    )
    return [message % name for wrong, message in faults if wrong]


def _lacks_help(material: "GuideMaterial") -> bool:
    """Required, and nothing that says how to come by it."""
    return material.need == "required" and not (material.blank_form_id or material.sample_id or material.source.strip())
