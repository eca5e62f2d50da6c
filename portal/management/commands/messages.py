"""Collect the strings of the interface, compile their translations, and find what is not translated."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.settings.environment import PROJECT_DIR
from portal.translation.gaps import OURS as WAGTAIL_CATALOGUES
from portal.translation.gaps import wagtail_gaps

CATALOGUE = PROJECT_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
OWN_FOLDERS = ("portal", "disclosure", "search", "templates")
IGNORED = [path.name + "/*" for path in PROJECT_DIR.iterdir() if path.is_dir() and path.name not in OWN_FOLDERS]


def gaps(path: Path) -> list[str]:
    """The strings in `path` that have no translation or only a guessed one."""
    catalogue = polib.pofile(str(path))
    return [entry.msgid for entry in catalogue if not entry.obsolete and ("fuzzy" in entry.flags or not entry.translated())]


class Command(BaseCommand):
    """--collect takes new strings into the catalogue (needs gettext); --check fails on any that lacks a translation."""

    help = "Collect, compile and check the translations of the interface."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        parser.add_argument("--collect", action="store_true", help="bring the catalogue up to date and compile it")
        parser.add_argument("--check", action="store_true", help="fail when a string of the program has no translation")

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect or check."""
        if options["collect"]:
            self._collect()
            for path in (CATALOGUE, *sorted(WAGTAIL_CATALOGUES.glob("*.po"))):
                polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
            self.stdout.write(f"{len(gaps(CATALOGUE))} strings wait for a translation in {CATALOGUE.relative_to(PROJECT_DIR)}.")
        elif options["check"]:
            self._check()

    def _collect(self) -> None:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        call_command("makemessages", locale=["zh_Hans"], no_location=True, no_wrap=True, ignore_patterns=IGNORED, verbosity=0)

    def _check(self) -> None:
        """Collect anew, look for gaps, and put the catalogue back as it was."""
        kept = CATALOGUE.read_bytes() if CATALOGUE.exists() else b""
        try:
            self._collect()
            missing = gaps(CATALOGUE) + wagtail_gaps()
        finally:
            CATALOGUE.write_bytes(kept)
        for text in missing[:50]:
            self.stderr.write(f"not translated: {text!r}")
        if missing:
            raise CommandError(f"{len(missing)} strings have no translation to zh-Hans.")
        compiled = CATALOGUE.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != polib.pofile(str(CATALOGUE)).to_binary():
            raise CommandError("The compiled catalogue is out of date: run `make messages`.")
        self.stdout.write("Every string is translated.")
