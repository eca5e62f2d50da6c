"""Command: fill the calendar with the years known in advance."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.calendar.seeding import FIRST_YEAR, LAST_YEAR, seed_calendar


class Command(BaseCommand):
    """Adds missing days only; safe to run again."""

    help = f"Fill the working-day calendar with the years {FIRST_YEAR} to {LAST_YEAR}; rows that are there stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed and say how many days were added."""
        self.stdout.write(f"{seed_calendar()} days added.")
