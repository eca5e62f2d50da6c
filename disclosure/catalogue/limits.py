"""公开时限: until when something must be public, in words and as a date (Regulation Art. 26; standards §1.1, §15 row 9)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosure.catalogue.models import CatalogueItem
from portal.calendar.work_calendar import Due, WorkCalendar

STATUTORY_WORKING_DAYS = 20
"""Art. 26: within 20 working days from formation or change, unless another rule sets another limit."""


class Limited(Protocol):
    """What a time limit is made of; a catalogue item has it."""

    limit_amount: int | None
    limit_unit: str
    limit_from: str


class Filed(Protocol):
    """Something filed at a leaf of the catalogue, published or not."""

    @property
    def catalogue_item(self) -> CatalogueItem | None:
        """Where it is filed."""

    @property
    def made_on(self) -> dt.date | None:
        """The day of formation or change."""


@dataclass(frozen=True)
class Overdue:
    """Something that should have been public since `due`."""

    filed: Filed
    due: dt.date
    days_late: int
    provisional: bool


def limit_words(leaf: Limited) -> str:
    """The time limit in words, e.g. “within 20 working days, counted from: …”."""
    start = leaf.limit_from or _("formation or change of the information")
    if leaf.limit_amount is None:
        return _("without delay, counted from: %(start)s") % {"start": start}
    if leaf.limit_unit == CatalogueItem.Unit.DAYS:
        words = ngettext("within %(amount)d day, counted from: %(start)s", "within %(amount)d days, counted from: %(start)s", leaf.limit_amount)
    else:
        words = ngettext("within %(amount)d working day, counted from: %(start)s", "within %(amount)d working days, counted from: %(start)s", leaf.limit_amount)
    return words % {"amount": leaf.limit_amount, "start": start}


def due_date(leaf: Limited | None, made_on: dt.date, calendar: WorkCalendar) -> Due:
    """The last day for publishing what was made on `made_on`; counted from the day after.

    Calendar days that end on a day off run to the next working day (Civil Code §203); without a limit of its own Art. 26 holds.
    """
    if leaf is None or leaf.limit_amount is None:
        return calendar.add_working_days(made_on, STATUTORY_WORKING_DAYS)
    if leaf.limit_unit == CatalogueItem.Unit.DAYS:
        return calendar.add_calendar_days(made_on, leaf.limit_amount)
    return calendar.add_working_days(made_on, leaf.limit_amount)


def overdue(unpublished: Iterable[Filed], day: dt.date, calendar: WorkCalendar) -> Iterator[Overdue]:
    """Those of the unpublished whose last day was before `day`, with the calendar days since then."""
    for filed in unpublished:
        if filed.made_on is None:
            continue
        due = due_date(filed.catalogue_item, filed.made_on, calendar)
        if due.date < day:
            yield Overdue(filed, due.date, (day - due.date).days, due.provisional)
