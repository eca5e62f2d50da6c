"""What a notice changes in the calendar: worked out first, shown to somebody, then carried out as a whole."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from portal.calendar.models import CalendarDay
from portal.calendar.notice import Notice
from portal.calendar.signals import calendar_changed
from portal.calendar.statutory import is_weekend, statutory_days
from portal.calendar.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Change:
    """One day before and after. `named`: the notice names it; the other days of the year follow the weekday rule."""

    date: dt.date
    was_working: bool
    was_provisional: bool
    is_working: bool
    source: str
    named: bool

    @property
    def flips(self) -> bool:
        """Whether the day becomes a working day or stops being one; due dates move only then."""
        return self.was_working != self.is_working


@dataclass(frozen=True)
class Plan:
    """All that entering a notice would do; `missing` are statutory days it doesn't give off, a sign of a forgotten line."""

    year: int
    changes: tuple[Change, ...]
    missing: tuple[dt.date, ...]

    @property
    def shown(self) -> tuple[Change, ...]:
        """The changes a person must look at: days the notice names and days that flip."""
        return tuple(change for change in self.changes if change.named or change.flips)

    @property
    def flipping(self) -> int:
        """How many days become working days or stop being such."""
        return sum(change.flips for change in self.changes)

    @property
    def confirmed(self) -> int:
        """How many days are decided and stay as they were reckoned."""
        return len(self.changes) - self.flipping

    @property
    def fingerprint(self) -> str:
        """A short text that is the same only for the same changes: what is confirmed is what was shown."""
        text = "\n".join(f"{change.date}{change.was_working}{change.was_provisional}{change.is_working}{change.source}" for change in self.changes)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def plan_notice(notice: Notice, year: int, source: str, calendar: WorkCalendar) -> Plan:
    """What entering `notice` for `year` changes in `calendar`; a day that stays decided as it is doesn't appear.

    The first notice of a year decides on all its days, those it doesn't name by the weekday rule. A later one corrects only the days it names.
    """
    first = not calendar.has_data(year)
    days = sorted(_days_of(year) | notice.days.keys()) if first else sorted(notice.days)
    changes = (_change(day, notice, source, calendar) for day in days)
    missing = sorted(day for day in statutory_days(year) if first and (day not in notice.days or notice.days[day].is_working))
    return Plan(year, tuple(change for change in changes if change.flips or change.was_provisional), tuple(missing))


def _change(day: dt.date, notice: Notice, source: str, calendar: WorkCalendar) -> Change:
    entry = notice.days.get(day)
    text = f"{source} {entry.note}".strip() if entry else source
    is_working = entry.is_working if entry else not is_weekend(day)
    return Change(day, calendar.is_working_day(day), calendar.is_provisional(day), is_working, text[:200], entry is not None)


def _days_of(year: int) -> set[dt.date]:
    first = dt.date(year, 1, 1)
    return {first + dt.timedelta(days=shift) for shift in range((dt.date(year + 1, 1, 1) - first).days)}


@transaction.atomic
def carry_out(changes: Iterable[Change]) -> int:
    """Write the changes, all or none; afterwards tells those who listen to `calendar_changed`. Returns how many rows were written."""
    now = timezone.now()
    rows = [CalendarDay(date=change.date, is_working=change.is_working, source=change.source, provisional=False, changed_at=now) for change in changes]
    fields = ["is_working", "source", "provisional", "changed_at"]
    CalendarDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["date"], update_fields=fields, batch_size=200)
    if rows:
        transaction.on_commit(partial(calendar_changed.send, sender=CalendarDay, days=sorted(row.date for row in rows)))
    return len(rows)
