"""Bring the database up to date and, where asked, fill an empty one with the demo county."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from disclosure.items.base import DisclosureItem
from portal.calendar.models import CalendarDay
from portal.calendar.seeding import seed_calendar
from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from portal.departments.models import Department
from search.engines import engine


class Command(BaseCommand):
    """Idempotent: a second run finds everything in place and changes nothing."""

    help = "Migrate, seed the demo county into an empty database (--demo), and say where to look."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to seed."""
        parser.add_argument("--demo", action="store_true", help="seed the demo county when the database is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, seed, announce."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if not CalendarDay.objects.exists():
            self.stdout.write("Entering the working days of 2004 to 2026 …")
            seed_calendar()
        if options["demo"] and not Department.objects.exists():
            self.stdout.write("The database is empty: making the demo county …")
            call_command("seed_demo", stdout=self.stdout)
        if DisclosureItem.objects.exists() and next(engine().digests(), None) is None:
            self.stdout.write("The search index is missing: building it …")
            call_command("search_index", stdout=self.stdout)
        self._announce()

    def _announce(self) -> None:
        """Addresses and, where the demo county lives, its accounts."""
        site = Site.objects.filter(is_default_site=True).first()
        self.stdout.write(f"\n  {site.site_name if site else 'Yangguang'}")
        self.stdout.write(f"  public   {settings.BASE_URL}/")
        self.stdout.write(f"  admin    {settings.BASE_URL}/admin/")
        if settings.DEMO_ALLOWED:
            self.stdout.write(f"\n  demo accounts, password {DEMO_PASSWORD}")
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.username:<10} {account.role_label}")
        self.stdout.write("")
