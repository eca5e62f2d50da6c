"""Command: say whether a yearly notice is missing."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from portal.calendar.store import load_calendar
from portal.calendar.warning import years_without_notice
from portal.site.models import PortalSettings


class Command(BaseCommand):
    """For a timer: exit status 1 when a notice is missing that ought to be there."""

    help = "Check that the holidays of this year, and late in the year those of the next, are entered; exit status 1 when they aren't."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day to look from."""
        parser.add_argument("--day", type=dt.date.fromisoformat, default=None, help="check as on this day (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is missing; raises CommandError, which gives the exit status."""
        settings = PortalSettings.objects.filter(site=Site.objects.filter(is_default_site=True).first()).first() or PortalSettings()
        years = years_without_notice(load_calendar(), options["day"] or timezone.localdate(), settings.calendar_warning_month)
        if years:
            raise CommandError("The holidays of {} aren't entered: due dates there are provisional.".format(", ".join(map(str, years))))
        self.stdout.write("The calendar is complete.")
