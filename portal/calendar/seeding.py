"""The first filling of the calendar with the years that the package chinesecalendar knows."""

import datetime as dt
from collections.abc import Iterator

import chinese_calendar
from django.db import transaction
from django.utils import timezone

from portal.calendar.models import CalendarDay

FIRST_YEAR, LAST_YEAR = 2004, 2026
SOURCE = "国务院办公厅{year}年节假日安排通知（据 chinesecalendar 1.11）"


@transaction.atomic
def seed_calendar() -> int:
    """Add a row for every day of 2004–2026 that has none, and return how many; what is there stays as it is."""
    there = set(CalendarDay.objects.values_list("date", flat=True))
    now = timezone.now()
    rows = [
        CalendarDay(date=day, is_working=chinese_calendar.is_workday(day), source=SOURCE.format(year=day.year), changed_at=now)
        for day in _days()
        if day not in there
    ]
    CalendarDay.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _days() -> Iterator[dt.date]:
    first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
    for shift in range((last - first).days + 1):
        yield first + dt.timedelta(days=shift)
