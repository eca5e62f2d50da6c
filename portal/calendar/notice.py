"""The yearly notice as somebody types or uploads it: one line a day or span, each line right or with its error."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORKING = {"班": True, "上班": True, "调休上班": True, "work": True, "休": False, "放假": False, "休息": False, "off": False}
LONGEST_SPAN = 31
DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
LINE = re.compile(rf"^{DATE}(?:\s*(?:\.\.|至|到|—+|–|~|～)\s*{DATE})?[\s,，;；\t]+([^\s,，;；]+)(?:[\s,，;；]+(.*))?$")
HEADER = re.compile(r"^(date|日期)[\s,，]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with a line; lines count from 1."""

    line: int
    message: str | Promise


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day as the notice decides it."""

    is_working: bool
    note: str
    line: int


@dataclass
class Notice:
    """What was read: days, and errors by line. It is good only without errors."""

    days: dict[dt.date, NoticeDay] = field(default_factory=dict)
    errors: list[LineError] = field(default_factory=list)

    @property
    def main_year(self) -> int | None:
        """The year most of its days lie in; None without days."""
        years = [day.year for day in self.days]
        return max(years, key=years.count, default=None)


class BadLineError(ValueError):
    """A line that can't be read; its argument says why, in words for the person who typed it."""


def decode_upload(data: bytes) -> str:
    """The text of an uploaded file: UTF-8, else what Chinese spreadsheets write; raises UnicodeDecodeError when it is neither."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def read_notice(text: str, year: int | None = None) -> Notice:
    """Read lines such as `2027-10-01..2027-10-07 休 国庆节` or `2027-09-26,班`; with `year`, days outside of it are errors.

    The last days of the year before are allowed: New Year's holiday may begin in December.
    """
    notice = Notice()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip().strip(",").strip()
        if not line or line.startswith("#") or HEADER.match(line):
            continue
        try:
            _add_line(notice, number, line, year)
        except BadLineError as error:
            notice.errors.append(LineError(number, error.args[0]))
    return notice


def _add_line(notice: Notice, number: int, line: str, year: int | None) -> None:
    days, is_working, note = _parse(line)
    for day in days:
        _check_year(day, year)
        former = notice.days.get(day)
        if former and former.is_working != is_working:
            raise BadLineError(_("%(day)s is decided differently in line %(line)d.") % {"day": day.isoformat(), "line": former.line})
        notice.days[day] = NoticeDay(is_working, note, number)


def _parse(line: str) -> tuple[list[dt.date], bool, str]:
    match = LINE.match(line)
    if not match:
        raise BadLineError(_("This can't be read. Write for example “2027-10-01..2027-10-07 休” or “2027-09-26 班”."))
    first = _date(*match.group(1, 2, 3))
    last = _date(*match.group(4, 5, 6)) if match.group(4) else first
    word = match.group(7).lower()
    if word not in WORKING:
        raise BadLineError(_("“%(word)s” is neither 休 (day off) nor 班 (working day).") % {"word": match.group(7)})
    return list(_span(first, last)), WORKING[word], (match.group(8) or "").strip()


def _date(year: str, month: str, day: str) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise BadLineError(_("There is no such day: %(day)s.") % {"day": f"{year}-{month}-{day}"}) from None


def _span(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    if last < first:
        raise BadLineError(_("The span ends before it begins."))
    if (last - first).days >= LONGEST_SPAN:
        raise BadLineError(_("The span is longer than %(days)d days; is a date wrong?") % {"days": LONGEST_SPAN})
    return (first + dt.timedelta(days=shift) for shift in range((last - first).days + 1))


def _check_year(day: dt.date, year: int | None) -> None:
    if year is None or day.year == year or (day.year == year - 1 and day.month == 12):
        return
    raise BadLineError(_("%(day)s isn't in %(year)d, the year of the notice.") % {"day": day.isoformat(), "year": year})
