"""When to warn that the holidays of a year are missing."""

import datetime as dt

from portal.calendar.work_calendar import WorkCalendar


def years_without_notice(calendar: WorkCalendar, day: dt.date, first_month: int) -> list[int]:
    """Years whose notice ought to be entered by `day`: this one always, the next one from `first_month` (1 to 12) on."""
    wanted = [day.year, day.year + 1] if day.month >= first_month else [day.year]
    return [year for year in wanted if not calendar.has_data(year)]
