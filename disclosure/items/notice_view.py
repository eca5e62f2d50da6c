"""What the page of a notice shows: the fields of its category, and how long its period still runs (standards §8)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosure.items.head import Facts, cn_day

if TYPE_CHECKING:
    from disclosure.items.notices import NoticePage


@dataclass(frozen=True)
class Period:
    """The period of a publicity, consultation or sale; both days belong to it."""

    start: dt.date | None
    end: dt.date
    words: str
    is_open: bool


def period_of(notice: "NoticePage", day: dt.date) -> Period | None:
    """The period as it stands on `day`; None for a notice without one."""
    if not notice.period_end:
        return None
    if day > notice.period_end:
        return Period(notice.period_start, notice.period_end, _("This period has ended."), False)
    if notice.period_start and day < notice.period_start:
        return Period(notice.period_start, notice.period_end, _("This period has not begun yet."), False)
    left = (notice.period_end - day).days
    if left == 0:
        return Period(notice.period_start, notice.period_end, _("Today is the last day."), True)
    words = ngettext("%(number)d day left after today", "%(number)d days left after today", left) % {"number": left}
    return Period(notice.period_start, notice.period_end, words, True)


def fields_of(notice: "NoticePage") -> Facts:
    """The filled fields of the notice's category with their labels, values as they are written."""
    return [(label, _written(value)) for label, value in notice.shown_fields]


def _written(value: Any) -> Any:
    """A value as it is shown: times and days in words, money with separators, addresses as links."""
    if isinstance(value, dt.datetime):
        return _("%(day)s %(time)s") % {"day": cn_day(value), "time": timezone.localtime(value).strftime("%H:%M")}
    if isinstance(value, dt.date):
        return cn_day(value)
    if isinstance(value, Decimal):
        return _("%(amount)s yuan") % {"amount": f"{value:,.2f}"}
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        return format_html('<a href="{0}" rel="external">{0}</a>', value)
    return value
