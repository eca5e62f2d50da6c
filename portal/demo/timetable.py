"""Dates of the demo county: counted back from a given day, moved to working days, written out in texts."""

import datetime as dt
import re
import zlib
from collections.abc import Callable, Mapping

from django.utils import timezone

from portal.calendar.work_calendar import WorkCalendar

PLACE = re.compile(r"\{([^{}\n]+)\}")
DATE = re.compile(r"^(?P<anchor>[A-Z])(?P<shift>[+-]\d+)?(?P<form>[yma]?)$")
OPENING = dt.time(8, 40)
WORKING_MINUTES = 520


def working_day_before(day: dt.date, calendar: WorkCalendar) -> dt.date:
    """`day` itself when people work on it, else the working day before it."""
    while not calendar.is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def moment_of(key: str, day: dt.date, now: dt.datetime) -> dt.datetime:
    """An hour of `day` that is always the same for `key`, within office hours and never after `now`."""
    minutes = zlib.crc32(key.encode()) % WORKING_MINUTES
    planned = timezone.make_aware(dt.datetime.combine(day, OPENING) + dt.timedelta(minutes=minutes))
    return min(planned, now - dt.timedelta(minutes=minutes % 30 + 1))


def written(day: dt.date) -> str:
    """A date as it is written in documents: 2026年9月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_of(day: dt.date, shift: int) -> tuple[int, int]:
    """Year and month `shift` months after the month of `day`."""
    months = day.year * 12 + day.month - 1 + shift
    return months // 12, months % 12 + 1


class Writer:
    """Fills `{…}` in texts: dates from anchors, and words that `words` knows.

    `{D+7}` seven days after anchor D; `{W+7}` the working day on or after that; `{D+7m}` without the year; `{D-400y}` the year alone;
    `{M-1}` the month before that of D with its year, `{M-1m}` its number alone; anything else is asked of `words`.
    """

    def __init__(self, anchors: Mapping[str, dt.date], calendar: WorkCalendar, words: Callable[[str], str]) -> None:
        self.anchors = anchors
        self.calendar = calendar
        self.words = words

    def fill(self, text: str) -> str:
        """`text` with every place filled; raises KeyError at an unknown one."""
        return PLACE.sub(lambda found: self._word(found[1]), text)

    def day(self, spec: str) -> dt.date:
        """The date of a spec such as `D+7`."""
        found = DATE.match(spec)
        if not found:
            raise KeyError(spec)
        working = found["anchor"] == "W"
        day = self.anchors["D" if working else found["anchor"]] + dt.timedelta(days=int(found["shift"] or 0))
        while working and not self.calendar.is_working_day(day):
            day += dt.timedelta(days=1)
        return day

    def _word(self, spec: str) -> str:
        found = DATE.match(spec)
        if not found:
            return self.words(spec)
        if found["anchor"] in "MY":
            return self._period(found["anchor"], int(found["shift"] or 0), found["form"])
        day = self.day(spec)
        forms = {"": written(day), "m": f"{day.month}月{day.day}日", "y": str(day.year), "a": f"{day:%Y-%m-%d}"}
        return forms[found["form"]]

    def _period(self, anchor: str, shift: int, form: str) -> str:
        """A year (`{Y}`) or a month (`{M}`) counted from that of D."""
        if anchor == "Y":
            return str(self.anchors["D"].year + shift)
        year, month = month_of(self.anchors["D"], shift)
        return str(month) if form == "m" else f"{year}年{month}月"
