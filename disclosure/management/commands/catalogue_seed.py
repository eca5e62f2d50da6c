"""manage.py catalogue_seed: put the disclosure catalogue and the subject themes into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from disclosure.catalogue.seed import department_slugs, seed_catalogue


class Command(BaseCommand):
    """Safe to repeat; what operators changed stays unless --overwrite is given."""

    help = "Adds the catalogue of Art. 20 and 21 of the Regulation and the 22 subject themes; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """--overwrite and --slugs."""
        parser.add_argument("--overwrite", action="store_true", help="bring items that were edited back to the delivered text")
        parser.add_argument("--slugs", action="store_true", help="only print the address parts of the departments that the data names, one a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed and say what happened, in numbers."""
        if options["slugs"]:
            self.stdout.write("\n".join(department_slugs()))
            return
        report = seed_catalogue(overwrite=options["overwrite"])
        counts = {"created": len(report.created), "updated": len(report.updated), "kept": len(report.kept), "completed": len(report.completed)}
        self.stdout.write(_("Catalogue: %(created)d added, %(updated)d brought back, %(kept)d left as they are, %(completed)d given departments.") % counts)
        if report.unknown_departments:
            names = ", ".join(sorted(report.unknown_departments))
            self.stderr.write(_("No department has these address parts yet: %(names)s. Add them and run the command again.") % {"names": names})
