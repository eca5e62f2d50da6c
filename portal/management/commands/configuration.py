"""List every environment variable; write or check docs/configuration.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.settings.environment import PROJECT_DIR, VARIABLES

PAGE = PROJECT_DIR / "docs" / "configuration.md"
HEAD = """# Configuration

Every environment variable that the portal reads. This page is written by `manage.py configuration --write`; CI compares it with the program.

| variable | type | default | meaning |
|---|---|---|---|
"""


def table() -> str:
    """The page: one row a variable."""
    rows = (f"| `{v.name}` | {v.kind} | {f'`{v.default}`' if v.default not in ('', []) else 'empty'} | {v.meaning} |\n" for v in VARIABLES)
    return HEAD + "".join(rows)


class Command(BaseCommand):
    """Prints the list; with --write it goes to docs/configuration.md, with --check the page must equal it."""

    help = "List every environment variable with its default and meaning."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the list goes."""
        parser.add_argument("--write", action="store_true", help="write docs/configuration.md")
        parser.add_argument("--check", action="store_true", help="fail when docs/configuration.md is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, write or compare."""
        if options["write"]:
            PAGE.write_text(table(), encoding="utf-8")
        elif options["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != table():
                raise CommandError("docs/configuration.md is out of date: run `make configuration`.")
        else:
            self.stdout.write(table())
