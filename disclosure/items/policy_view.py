"""What the page of a policy document shows besides what all items show: its story and the relations to other documents."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from disclosure.items.head import in_form
from disclosure.items.kinds import Validity

if TYPE_CHECKING:
    from disclosure.items.companions import Companions
    from disclosure.items.policies import PolicyDocumentPage, PolicyRelation

DAY = re.compile(r"^\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*")


@dataclass(frozen=True)
class Event:
    """One entry of a document's story; `day` is empty where the source names none, `item` is the other document."""

    day: dt.date | None
    text: str
    item: Any = None
    note: str = ""
    state: str = ""


def relations_of(document: "PolicyDocumentPage") -> "list[PolicyRelation]":
    """What the document does to others and others to it, with one query; what it does is taken from the form while an editor previews it."""
    if document.pk is None:
        return list(document.acts.all())
    relations = document.acted_on_by.model.objects
    if in_form(document, "acts"):
        return [*document.acts.all(), *relations.filter(earlier=document)]
    return list(relations.filter(Q(later=document) | Q(earlier=document)))


def partners(document: "PolicyDocumentPage", relations: "Iterable[PolicyRelation]") -> list[int]:
    """The ids of the documents at the other end of each relation."""
    return [relation.earlier_id if relation.later_id == document.pk else relation.later_id for relation in relations]


def story_of(document: "PolicyDocumentPage", relations: "Iterable[PolicyRelation]", companions: "Companions", day: dt.date) -> list[Event]:
    """What happened to the document, oldest first; the last that has happened by `day` is `now`, later ones are `next`."""
    events = [*_history(document), *_own_dates(document), *_acts(document, relations, companions)]
    placed = sorted(events, key=lambda event: event.day or dt.date.min)
    past = [event for event in placed if event.day is None or event.day <= day]
    return [_with_state(event, "now" if event is (past[-1] if past else None) else "" if event in past else "next") for event in placed]


def _with_state(event: Event, state: str) -> Event:
    return Event(event.day, event.text, event.item, event.note, state)


def _history(document: "PolicyDocumentPage") -> list[Event]:
    """The entries that came with the document: texts that begin with a day, or objects with `date` and `text`."""
    return [event for entry in document.history or [] if (event := read_entry(entry))]


def read_entry(entry: Any) -> Event | None:
    """An entry of `history` as an event; None when it holds nothing to show."""
    if isinstance(entry, dict):
        text = str(entry.get("text") or entry.get("event") or "").strip()
        return Event(_iso_day(str(entry.get("date") or "")), text) if text else None
    text = str(entry).strip()
    if not text:
        return None
    found = DAY.match(text)
    day = _day(*found.groups()) if found else None
    return Event(day, text[found.end() :] if found and day else text)


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _iso_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _own_dates(document: "PolicyDocumentPage") -> list[Event]:
    """Signing, coming into force and lapsing of the document itself."""
    end = _("Repealed") if document.validity == Validity.REPEALED else _("Period of validity ends")
    dates = [(document.made_on, _("Signed")), (document.effective_on, _("Comes into force")), (document.lapses_on, end)]
    told = {event.day for event in _history(document)}
    return [Event(day, text) for day, text in dates if day and day not in told]


def _acts(document: "PolicyDocumentPage", relations: "Iterable[PolicyRelation]", companions: "Companions") -> list[Event]:
    """What it did to others, and others to it, each on the day the acting document took effect; only documents that are public."""
    events = []
    for relation in relations:
        acting = relation.later_id == document.pk or document.pk is None
        other = companions.by_id.get(relation.earlier_id if acting else relation.later_id)
        if other:
            actor = document if acting else other
            events.append(Event(actor.effective_on or actor.made_on, _words(relation.act, acting), other, relation.note))
    return events


def _words(act: str, acting: bool) -> str:
    """What happened, before the name of the other document."""
    done = {"amends": _("Amends"), "repeals": _("Repeals"), "implements": _("Implements")}
    suffered = {"amends": _("Amended by"), "repeals": _("Repealed by"), "implements": _("Implemented by")}
    return (done if acting else suffered).get(act, act)
