"""The calendar of the database as a value; one small query a call, the rows are read again only after a change."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Max

from portal.calendar.models import CalendarDay
from portal.calendar.work_calendar import WorkCalendar

Version = tuple[int, dt.datetime | None]


@dataclass
class _Kept:
    """The calendar read last in this process, and the version of the table it was read from."""

    version: Version | None = None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)


_kept = _Kept()


def load_calendar() -> WorkCalendar:
    """The county's calendar as it stands now, whichever process changed it last."""
    found = CalendarDay.objects.aggregate(rows=Count("pk"), changed=Max("changed_at"))
    version = (found["rows"], found["changed"])
    if version != _kept.version:
        rows = CalendarDay.objects.values_list("date", "is_working", "provisional")
        _kept.calendar = WorkCalendar.of({day: (works, provisional) for day, works, provisional in rows})
        _kept.version = version
    return _kept.calendar
