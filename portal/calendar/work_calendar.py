"""Arithmetic with working days: pure, without database and without the time of day (standards §13)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from portal.calendar.statutory import works_by_rule

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What is known of one day."""

    is_working: bool
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something falls due; provisional (暂定) when a day counted on the way has no notice yet."""

    date: dt.date
    provisional: bool = False


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are working days. A day without entry follows the weekday rule and the statutory days, and is provisional."""

    entries: Mapping[dt.date, DayEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Mapping[dt.date, tuple[bool, bool]]) -> Self:
        """The calendar of a mapping date → (is a working day, is provisional)."""
        return cls({day: DayEntry(*entry) for day, entry in entries.items()})

    def is_working_day(self, day: dt.date) -> bool:
        """Whether `day` is a working day: makeup days are, statutory holidays and weekends aren't."""
        entry = self.entries.get(day)
        return entry.is_working if entry else works_by_rule(day)

    def is_provisional(self, day: dt.date) -> bool:
        """Whether no notice has decided on `day` yet."""
        entry = self.entries.get(day)
        return entry is None or entry.provisional

    def has_data(self, year: int) -> bool:
        """Whether the notice of `year` is entered: its 1 January is decided."""
        return not self.is_provisional(dt.date(year, 1, 1))

    def add_working_days(self, start: dt.date, count: int) -> Due:
        """The `count`-th working day after `start`, the day after being the first; 0 gives the first working day from `start` on."""
        if count < 0:
            raise ValueError("count must not be negative; subtract_working_days goes back")
        if count == 0:
            return self.next_working_day(start)
        return self._walk(start, count, ONE_DAY)

    def subtract_working_days(self, end: dt.date, count: int) -> Due:
        """The `count`-th working day before `end`; for reminders ahead of a due day. `count` is at least 1."""
        if count < 1:
            raise ValueError("count must be at least 1")
        return self._walk(end, count, -ONE_DAY)

    def add_calendar_days(self, start: dt.date, count: int) -> Due:
        """`count` calendar days after `start`; a last day off moves on to the next working day (民法典 §203)."""
        return self.next_working_day(start + dt.timedelta(days=count))

    def next_working_day(self, day: dt.date) -> Due:
        """`day` itself when it is a working day, else the first one after it (民法典 §203)."""
        return self._walk(day - ONE_DAY, 1, ONE_DAY)

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + dt.timedelta(days=shift)) for shift in range(1, span + 1))

    def _walk(self, day: dt.date, count: int, step: dt.timedelta) -> Due:
        """The `count`-th working day on the way from `day` in steps of one day; provisional when any day passed is."""
        provisional = False
        while count:
            day += step
            provisional = provisional or self.is_provisional(day)
            count -= self.is_working_day(day)
        return Due(day, provisional)
