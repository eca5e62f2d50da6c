"""Seeds the demo county step by step; each step makes what is missing, so that a second run changes nothing and a broken one goes on."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from disclosure.catalogue.seed import seed_catalogue
from disclosure.items.notice_rules import seed_notice_rules
from portal.calendar.seeding import seed_calendar
from portal.calendar.store import load_calendar
from portal.demo.accounts import ensure_accounts
from portal.demo.bodies import ensure_departments
from portal.demo.columns import ensure_columns, ensure_open_guide, ensure_settings
from portal.demo.items import ItemMaker
from portal.demo.pictures import ensure_pictures
from portal.demo.plan import Plan
from portal.face.tree import ensure_site
from portal.people.roles import ensure_roles

COUNTY = "阳光县人民政府"
# Items of one transaction: the search index is told once for all of them; an interruption loses at most these.
BATCH = 25
Progress = Callable[[str, int, int], None]


def seed_county(now: dt.datetime, progress: Progress) -> int:
    """The whole county as of `now`; `progress(step, done, total)` is called along the way. Returns how many items were made."""
    today = timezone.localdate(now)
    home = ensure_site(COUNTY)
    ensure_settings(home)
    ensure_roles()
    if seed_calendar():
        progress("working-day calendar", 1, 1)
    seed_notice_rules()
    made = ensure_departments()
    progress("departments", made, made)
    seed_catalogue()
    ensure_columns(home)
    ensure_open_guide(today)
    ensure_accounts()
    return _seed_items(now, today, progress)


def _seed_items(now: dt.datetime, today: dt.date, progress: Progress) -> int:
    """All texts that are missing."""
    maker = ItemMaker(Plan(today, load_calendar()), ensure_pictures(), now)
    missing = maker.missing()
    for start in range(0, len(missing), BATCH):
        with transaction.atomic():
            for done, text in enumerate(missing[start : start + BATCH], start=start + 1):
                maker.make(text)
                progress("items", done, len(missing))
    return len(missing)
