"""Command: enter a yearly notice from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.calendar.changes import Plan, carry_out, plan_notice
from portal.calendar.notice import decode_upload, read_notice
from portal.calendar.store import load_calendar


class Command(BaseCommand):
    """All of the file or nothing of it: with an error in any line nothing is written."""

    help = "Enter a yearly notice from a CSV or text file: columns date, kind (休 or 班), note; or lines such as 2027-10-01..2027-10-07 休."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, year, name of the notice, trial run."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, help="year of the notice (default: the year of most of its days)")
        parser.add_argument("--source", default="", help="name of the notice, kept with each day (default: the name of the file)")
        parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, show, and write unless it is a trial run."""
        plan = self._plan(options["file"], options["year"], options["source"] or options["file"].name)
        self._show(plan)
        if options["dry_run"]:
            self.stdout.write("Nothing was written (trial run).")
            return
        self.stdout.write(f"{carry_out(plan.changes)} days written.")

    def _plan(self, file: Path, year: int | None, source: str) -> Plan:
        try:
            text = decode_upload(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} isn't a text file. Save the table as CSV.") from error
        year = year or read_notice(text).main_year
        notice = read_notice(text, year)
        if notice.errors:
            raise CommandError("\n".join(f"{file}:{error.line}: {error.message}" for error in notice.errors))
        if year is None:
            raise CommandError(f"{file} names no day.")
        return plan_notice(notice, year, source, load_calendar())

    def _show(self, plan: Plan) -> None:
        kinds = {True: "working day", False: "day off"}
        for change in plan.shown:
            self.stdout.write(f"{change.date:%Y-%m-%d %a}  {kinds[change.was_working]} -> {kinds[change.is_working]}  {change.source}")
        if plan.missing:
            days = ", ".join(day.isoformat() for day in plan.missing)
            self.stderr.write(self.style.WARNING(f"These statutory days aren't given off: {days}"))
        self.stdout.write(f"{plan.year}: {plan.flipping} days change, {plan.confirmed} are confirmed.")
