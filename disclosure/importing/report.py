"""What happened to each record of an import: counted, and written to a CSV file that Excel opens."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A cell that begins like this would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Outcome(models.TextChoices):
    """What became of a record."""

    CREATED = "created", gettext_lazy("created")
    UPDATED = "updated", gettext_lazy("updated")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    SKIPPED = "skipped", gettext_lazy("skipped")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass(frozen=True)
class Line:
    """One record's line of the report; `reason` says why it was refused or skipped, or what an editor should look at."""

    place: str
    source_id: str
    title: str
    outcome: Outcome
    reason: str = ""
    page_id: int = 0
    url: str = ""


@dataclass
class Report:
    """Counts outcomes and reasons; hands every line to the CSV file, so that a long import takes no memory for it."""

    writer: Any = None
    counts: Counter[Outcome] = field(default_factory=Counter)
    with_warnings: int = 0
    first_refusals: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Count a line and write it."""
        self.counts[line.outcome] += 1
        if line.outcome == Outcome.REFUSED and len(self.first_refusals) < 5:
            self.first_refusals.append(line)
        if line.reason and line.outcome in (Outcome.CREATED, Outcome.UPDATED):
            self.with_warnings += 1
        if self.writer:
            cells = [line.place, line.source_id, line.title, str(line.outcome.label), line.reason, str(line.page_id or ""), line.url]
            self.writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])


@contextmanager
def open_report(path: Path | None) -> Iterator[Report]:
    """A report, written to `path` as CSV in UTF-8 with a byte order mark where a path is given."""
    if path is None:
        yield Report()
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("row"), _("number at the source"), _("title"), _("outcome"), _("reason"), _("page"), _("address")])
        yield Report(writer)
