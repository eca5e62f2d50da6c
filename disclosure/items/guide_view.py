"""What the page of a service guide shows, in the order in which a citizen asks (standards §7.2)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosure.items.outline import Entry

if TYPE_CHECKING:
    from disclosure.items.guides import GuideMaterial, ServiceGuidePage

ON_THE_SPOT = "on_the_spot"
LONGEST_BAR = 100


@dataclass(frozen=True)
class Span:
    """A time limit: what it is, in words, and the length of its bar in per cent (0: no bar)."""

    label: str
    words: str
    share: int = 0
    is_ours: bool = False


@dataclass(frozen=True)
class Answer:
    """One of the answers at the top: a big word, its unit, what it answers and what belongs to it."""

    question: str
    big: str
    unit: str = ""
    note: str = ""


def time_words(amount: int | None, unit: str) -> str:
    """A limit in words with its unit; empty when there is none."""
    if amount is None:
        return ""
    if unit == "d":
        return ngettext("%(amount)d calendar day", "%(amount)d calendar days", amount) % {"amount": amount}
    return ngettext("%(amount)d working day", "%(amount)d working days", amount) % {"amount": amount}


def spans_of(guide: "ServiceGuidePage") -> list[Span]:
    """Legal and promised time; bars only when both count in the same unit, since others can't be compared by length."""
    limits = [
        (_("At most by law"), guide.legal_time, guide.legal_unit, False),
        (_("We promise"), guide.promised_time, guide.promised_unit, True),
    ]
    known = [(label, amount, unit, ours) for label, amount, unit, ours in limits if amount is not None]
    longest = max((amount for _label, amount, _unit, _ours in known), default=0)
    comparable = len(known) > 1 and len({unit for _label, _amount, unit, _ours in known}) == 1 and longest > 0
    return [
        Span(label, _spot_words(guide, amount, unit, ours), round(LONGEST_BAR * amount / longest) if comparable else 0, ours)
        for label, amount, unit, ours in known
    ]


def _spot_words(guide: "ServiceGuidePage", amount: int, unit: str, ours: bool) -> str:
    return _("on the spot") if ours and guide.handling == ON_THE_SPOT and amount == 0 else time_words(amount, unit)


def answers_of(guide: "ServiceGuidePage", materials: "list[GuideMaterial]") -> list[Answer]:
    """How long, how much, how often, how many: only what the guide says."""
    found = [_how_long(guide), _how_much(guide)]
    if guide.visits is not None:
        found.append(Answer(_("Visits you make"), str(guide.visits), ngettext("visit", "visits", guide.visits)))
    if materials:
        found.append(_how_many(materials))
    return [answer for answer in found if answer]


def _how_long(guide: "ServiceGuidePage") -> Answer | None:
    if guide.handling == ON_THE_SPOT and not guide.promised_time:
        return Answer(_("How long it takes"), _("At once"), note=_("handled on the spot"))
    amount, unit = (guide.promised_time, guide.promised_unit) if guide.promised_time is not None else (guide.legal_time, guide.legal_unit)
    if amount is None:
        return None
    units = ngettext("calendar day", "calendar days", amount) if unit == "d" else ngettext("working day", "working days", amount)
    legal = time_words(guide.legal_time, guide.legal_unit) if guide.promised_time is not None else ""
    return Answer(_("How long it takes at most"), str(amount), units, _("the law allows %(time)s") % {"time": legal} if legal else "")


def _how_many(materials: "list[GuideMaterial]") -> Answer:
    """The required things and the others; only how many are named when the guide leaves open which of them are required."""
    if not all(material.need for material in materials):
        return Answer(_("Things named in the list"), str(len(materials)), ngettext("thing", "things", len(materials)))
    needed = sum(material.need == "required" for material in materials)
    others = len(materials) - needed
    note = ngettext("and %(number)d more only in some cases", "and %(number)d more only in some cases", others) % {"number": others} if others else ""
    return Answer(_("Things to bring"), str(needed), ngettext("thing", "things", needed), note)


def _how_much(guide: "ServiceGuidePage") -> Answer | None:
    """None while it isn't known whether there is a fee: free is what a guide says, not what it leaves out."""
    if guide.has_fee is None:
        return None
    if not guide.has_fee:
        return Answer(_("What it costs"), "0", _("yuan"), _("no fee"))
    return Answer(_("What it costs"), _("Fee"), note=guide.fee)


def audience_of(guide: "ServiceGuidePage") -> list[str]:
    """Who can apply, in words."""
    audiences = [(guide.for_people, _("people")), (guide.for_organisations, _("companies and organisations"))]
    return [words for fits, words in audiences if fits]


def sections_of(context: dict[str, Any], guide: "ServiceGuidePage") -> list[Entry]:
    """The table of contents: the questions this guide has an answer to, in their order."""
    asked = [
        ("can", _("Can I apply"), True),
        ("need", _("What to bring"), bool(context["materials"])),
        ("time", _("How long it takes"), bool(context["spans"]) or bool(guide.special_steps)),
        ("cost", _("What it costs"), True),
        ("where", _("Where and when"), bool(guide.place or guide.hours or guide.consult_phone or guide.complaint_phone or guide.ways or guide.online_url)),
        ("steps", _("How it goes"), bool(context["steps"])),
        ("result", _("What you get"), bool(guide.result_name or guide.delivery)),
        ("more", _("More about it"), bool(context["outline"].pieces)),
        ("faq", _("Frequent questions"), bool(context["questions"])),
        ("law", _("What the law says"), bool(guide.legal_basis or guide.remedy)),
    ]
    return [Entry(title, anchor) for anchor, title, present in asked if present]
