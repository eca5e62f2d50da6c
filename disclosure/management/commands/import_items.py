"""`manage.py import_items`: bring items of another system or a file into the portal."""

import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.importing import mapping
from disclosure.importing.mapping import FieldMapping, MappingError
from disclosure.importing.report import Outcome, Report, open_report
from disclosure.importing.rows import Frame, RefusedError
from disclosure.importing.run import Import
from disclosure.importing.sources import Record, Source, SourceError, open_source
from disclosure.importing.targets import MODELS
from portal.departments.models import Department

SOME_REFUSED = 2
INTERRUPTED = 130
SOURCE_LIMIT = 60


class Command(BaseCommand):
    """Exit status: 0 all records are in, 1 the import could not begin or the source broke off, 2 some records were refused, 130 stopped by Ctrl-C."""

    help = "Import items from JSON lines (plain or gzip), CSV, XLSX or a folder of HTML pages. Running it again changes only what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments; docs/import.md explains them with examples."""
        parser.add_argument("source", type=Path, help="file or folder")
        parser.add_argument("--as", dest="kind", required=True, choices=sorted(MODELS), help="what the records become")
        parser.add_argument("--department", help="address part of the publishing department, e.g. minzheng")
        parser.add_argument("--catalogue", help="code of the catalogue item, e.g. 20.11.3")
        parser.add_argument("--mapping", type=Path, help="TOML file that names source fields; left out: chosen by the names of the fields")
        parser.add_argument("--source", dest="source_name", help="name of the source, kept on every item; left out: the name of the file")
        parser.add_argument("--report", type=Path, help="CSV file for the outcome of each record")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--overwrite", action="store_true", help="also overwrite items that were edited here since they were imported")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and end with its exit status."""
        started, broken, finished = time.monotonic(), None, False
        try:
            source = open_source(options["source"])
            first = next(iter(source.records()), None)
            chosen = _mapping(options, first)
            frame = _frame(options)
            if frame.department is None and not chosen.fills("department"):
                raise CommandError(_("Name the publishing department with --department, or a mapping that takes it from each row."))
            with open_report(options["report"]) as report:
                try:
                    finished = self._run(source, Import(frame, chosen, report, options["dry_run"], options["overwrite"]), first, quiet=options["quiet"])
                except SourceError as error:
                    broken = error
                self._summary(report, time.monotonic() - started, options)
        except (SourceError, MappingError, RefusedError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("%(file)s can't be written or read: %(error)s") % {"file": error.filename or options["report"], "error": error.strerror}) from error
        if broken:
            raise CommandError(str(broken))
        if not finished:
            raise CommandError(_("Stopped. What was imported stays; start the same command again to go on."), returncode=INTERRUPTED)
        if report.counts[Outcome.REFUSED]:
            raise CommandError(_("Some records were refused."), returncode=SOME_REFUSED)

    def _run(self, source: Source, job: Import, first: Record | None, *, quiet: bool) -> bool:
        """Import with a progress bar; returns whether it came to the end."""
        if first and (names := job.mapping.unmapped(first.fields)):
            self.stderr.write(_("Fields of the source that nothing is made of: %(names)s") % {"names": ", ".join(names)})
        if job.frame.catalogue_item is None:
            self.stderr.write(_("No catalogue item is given (--catalogue): the items won't stand in the catalogue unless the mapping names one for each."))
        with _stop_on_interrupt() as stopping, tqdm(total=source.count(), unit="", smoothing=0.1, disable=quiet, file=self.stderr) as bar:
            job.stopping, job.advance = stopping, bar.update
            return job.run(source.records())

    def _summary(self, report: Report, seconds: float, options: dict[str, Any]) -> None:
        total = sum(report.counts.values())
        parts = ", ".join(f"{outcome.label} {report.counts[outcome]}" for outcome in Outcome)
        self.stdout.write(_("%(total)d records: %(parts)s.") % {"total": total, "parts": parts})
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run; nothing was written."))
        if report.with_warnings:
            self.stdout.write(_("%(number)d items came with a remark; the report (--report) names them.") % {"number": report.with_warnings})
        for line in report.first_refusals:
            self.stderr.write(_("Row %(row)s refused: %(reason)s %(title)s") % {"row": line.place, "reason": line.reason, "title": line.title})
        self.stdout.write(_("%(seconds).1f s, %(rate).0f records a second.") % {"seconds": seconds, "rate": total / max(seconds, 0.001)})


def _mapping(options: dict[str, Any], first: Record | None) -> FieldMapping:
    """The mapping that was named, or the default that suits the first record."""
    if options["mapping"]:
        return mapping.load(options["mapping"], options["kind"])
    return mapping.choose(first.fields if first else (), options["kind"])


def _frame(options: dict[str, Any]) -> Frame:
    """Everything that all records share; raises CommandError for a department or catalogue item that doesn't exist."""
    source = options["source_name"] or options["source"].resolve().name.removesuffix(".gz").rsplit(".", 1)[0]
    if len(source) > SOURCE_LIMIT:
        raise CommandError(_("The name of the source has more than %(limit)d characters; give a shorter one with --source.") % {"limit": SOURCE_LIMIT})
    departments = list(Department.objects.all())
    by_name = {name: department for department in departments for name in (department.slug, department.short_name, department.name)}
    catalogue = {item.code: item for item in CatalogueItem.objects.all()}
    themes = dict(SubjectTheme.objects.order_by("-depth").values_list("name", "pk"))
    return Frame(options["kind"], source, _department(options["department"], departments), by_name, _leaf(options["catalogue"], catalogue), catalogue, themes, timezone.now())


def _department(slug: str | None, departments: list[Department]) -> Department | None:
    if slug is None:
        return None
    found = next((department for department in departments if department.slug == slug), None)
    if found is None:
        known = ", ".join(department.slug for department in departments[:100])
        raise CommandError(_("There is no department “%(slug)s”. There are: %(known)s") % {"slug": slug, "known": known})
    return found


def _leaf(code: str | None, catalogue: dict[str, CatalogueItem]) -> CatalogueItem | None:
    if code is None:
        return None
    if code not in catalogue:
        raise CommandError(_("There is no catalogue item with the code “%(code)s”.") % {"code": code})
    if below := [item.code for item in catalogue.values() if item.parent_id == catalogue[code].pk]:
        raise CommandError(_("“%(item)s” has items below it; choose one of them: %(codes)s") % {"item": catalogue[code], "codes": ", ".join(sorted(below))})
    return catalogue[code]


@contextmanager
def _stop_on_interrupt() -> Iterator[Any]:
    """A function that tells whether Ctrl-C was pressed; the batch at hand is finished first, a second Ctrl-C ends at once."""
    pressed: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
