"""Seed the demo county 阳光县."""

import logging
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.accounts import DEMO_PASSWORD
from portal.demo.seed import seed_county

EVERY = 25


class Command(BaseCommand):
    """Adds what is missing; stops cleanly and goes on when run again."""

    help = "Make the demo county 阳光县: departments, catalogue, columns, about 250 items with files, and six accounts. Adds only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, with progress; refused where the demo isn't allowed."""
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo county isn't allowed here (DEMO_ALLOWED is False in production): its accounts have a printed password.")
        begun = time.monotonic()
        logging.disable(logging.INFO)  # Wagtail notes every page it makes; the progress line says enough
        try:
            made = seed_county(timezone.now(), self._progress)
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is there stays; run seed_demo again to go on.") from None
        finally:
            logging.disable(logging.NOTSET)
        if made:
            self.stdout.write(f"\nDemo county: {made} items in {time.monotonic() - begun:.0f} s. Password of all demo accounts: {DEMO_PASSWORD}")
        else:
            self.stdout.write("Demo county: everything is there, nothing changed.")

    def _progress(self, step: str, done: int, total: int) -> None:
        """One line that counts up on a terminal; now and then a line elsewhere."""
        if sys.stdout.isatty():
            self.stdout.write(f"\r  {step}: {done}/{total}", ending="" if done < total else "\n")
            self.stdout.flush()
        elif total and (done == total or done % (EVERY * 4) == 0):
            self.stdout.write(f"  {step}: {done}/{total}")
