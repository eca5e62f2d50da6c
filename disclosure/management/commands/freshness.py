"""manage.py freshness: what is overdue or empty, with an exit status that a timer or a monitor can read."""

import csv
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from disclosure.catalogue.freshness import ColumnFreshness, Duty, State, columns, duties, last_anywhere, thresholds, veto
from portal.departments.models import Department

ALL_WELL, NEEDS_WORK, VETOED = 0, 1, 2
FIELDS = ("kind", "code", "name", "department", "total", "last", "due", "state")


class Command(BaseCommand):
    """Lists what needs attention; exit status 0 all well, 1 something overdue or empty, 2 the site would be vetoed."""

    help = "Lists catalogue items and columns that are overdue, empty or due soon. Exit status: 0 none overdue or empty, 1 some are, 2 the site would be vetoed."

    def add_arguments(self, parser: CommandParser) -> None:
        """--department, --format, --all."""
        parser.add_argument("--department", default="", metavar="SLUG", help="only the duties of this department; columns and veto belong to the whole site and are left out")
        parser.add_argument("--format", choices=["text", "csv", "json"], default="text", help="how to write the list")
        parser.add_argument("--all", action="store_true", help="also what is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the list and leave with the status."""
        slug, day = options["department"], timezone.localdate()
        if slug and not Department.objects.filter(slug=slug).exists():
            raise CommandError(_("There is no department with the address part %(slug)s.") % {"slug": slug}, returncode=64)
        found_duties = duties(day, department=slug)
        found_columns = [] if slug else columns(day)
        lines = [*map(_column_line, found_columns), *map(_duty_line, found_duties)]
        self._write([line for line in lines if options["all"] or line["state"] != State.FRESH], options["format"])
        is_bad = any(each.state.is_bad for each in found_columns) or any(each.state.is_bad for each in found_duties)
        status = NEEDS_WORK if is_bad else ALL_WELL
        if not slug and veto(found_columns, last_anywhere(), day, thresholds()).is_veto:
            self.stderr.write(_("The site would be vetoed at an inspection."))
            status = VETOED
        if status:
            sys.exit(status)

    def _write(self, lines: list[dict[str, Any]], kind: str) -> None:
        """The lines as text, CSV or JSON."""
        if kind == "json":
            self.stdout.write(json.dumps(lines, ensure_ascii=False, default=str))
        elif kind == "csv":
            writer = csv.DictWriter(self.stdout, FIELDS)
            writer.writeheader()
            writer.writerows(lines)
        else:
            for line in lines:
                self.stdout.write("  ".join(str(line[name] or "-") for name in ("state", "code", "name", "department", "last", "due")))


def _duty_line(duty: Duty) -> dict[str, Any]:
    return {
        "kind": "leaf", "code": duty.leaf.code, "name": duty.leaf.name, "department": duty.department.slug,
        "total": duty.total, "last": duty.last, "due": duty.due, "state": duty.state.value,
    }


def _column_line(column: ColumnFreshness) -> dict[str, Any]:
    return {
        "kind": "column", "code": column.page.pk, "name": column.page.title, "department": "",
        "total": None, "last": column.last, "due": column.due, "state": column.state.value,
    }
