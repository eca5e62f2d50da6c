"""Build the search index anew, deliver what waits, or compare the index with the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.building import build, compare, public_total
from search.engines import engine
from search.outbox import deliver

SHOWN = 20


class Command(BaseCommand):
    """Without options it builds a new index beside the present one and switches to it in one step."""

    help = "Build the search index anew; --deliver only brings in waiting changes; --check compares and exits with 1 when something differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do instead of building."""
        parser.add_argument("--check", action="store_true", help="compare the index with the database")
        parser.add_argument("--deliver", action="store_true", help="deliver waiting changes only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, deliver or compare."""
        if options["check"]:
            self._check()
        elif options["deliver"]:
            self.stdout.write(f"{deliver()} changes delivered.")
        else:
            with tqdm(total=public_total(), unit="doc", disable=None) as bar:
                total = build(engine(), bar.update)
            self.stdout.write(f"{total} documents indexed.")

    def _check(self) -> None:
        differences = compare(engine())
        for name, ids in (("missing", differences.missing), ("outdated", differences.outdated), ("surplus", differences.surplus)):
            for identity in ids[:SHOWN]:
                self.stdout.write(f"{name}: {identity}")
            if len(ids) > SHOWN:
                self.stdout.write(f"{name}: and {len(ids) - SHOWN} more")
        if differences:
            raise CommandError("The index differs from the database: run search_index.")
        self.stdout.write("The index equals the database.")
