"""What surrounds every page: names, navigation, marks, banner. Two queries, whatever the page."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site

from disclosure.items.columns import DepartmentIndexPage, OpenGuidePage, SectionPage
from portal.face.look import Look
from portal.site.models import PortalSettings

MARKS = ("emblem", "party_organ_mark", "error_report_mark", "alarm_audio")


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation; `current` is "page", "true" (below it) or empty."""

    key: str
    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Chrome:
    """Head and foot of one page for one reader at one moment."""

    request: HttpRequest
    page: Page | None
    nav_key: str
    now: dt.datetime

    @cached_property
    def site(self) -> Site | None:
        """The site the request came to; None on a database without one."""
        return Site.find_for_request(self.request)

    @cached_property
    def settings(self) -> PortalSettings:
        """The county's settings with marks and audio; empty ones where nobody has entered any."""
        found = PortalSettings.objects.select_related(*MARKS).filter(site=self.site).first() if self.site else None
        return found or PortalSettings()

    @property
    def name(self) -> str:
        """Official name of the site."""
        return self.settings.site_name or (self.site.site_name if self.site else "") or settings.WAGTAIL_SITE_NAME

    @property
    def domain(self) -> str:
        """Domain for SiteDomain: as entered, else the host of the portal's address."""
        return self.settings.site_domain or urlsplit(settings.BASE_URL).netloc

    @property
    def address(self) -> str:
        """Full address of this page, for the print footer."""
        return str(self.request.build_absolute_uri(self.request.path))

    @cached_property
    def look(self) -> Look:
        """How this reader wants to see the site."""
        return Look.of(self.request)

    @property
    def here(self) -> str:
        """Path and query of this page; the way back from the preferences."""
        return self.request.get_full_path()

    @property
    def back(self) -> str:
        """`next=…` for links to the preferences; empty where going back makes no sense."""
        return "" if self.request.method != "GET" else urlencode({"next": self.here})

    @property
    def shows_slots(self) -> bool:
        """Whether empty places of emblem and marks are outlined: for staff, and where demo data are allowed.

        Asking for the user also marks the page as varying with the reader's cookies, which hold the look.
        """
        user = getattr(self.request, "user", None)
        is_staff = bool(user and user.is_staff)
        return is_staff or bool(getattr(settings, "DEMO_ALLOWED", False))

    @property
    def has_alarm(self) -> bool:
        """Whether the emergency banner is up; without an end it stays until it is cleared."""
        until = self.settings.alarm_until
        return bool(self.settings.alarm_title) and (until is None or until > self.now)

    @cached_property
    def pages(self) -> list[Page]:
        """Columns in the menu and the disclosure guide, open to everybody, in the order of the tree; one query.

        Asked for by page type, which has an index (sorting in the database would walk the index of paths instead): the number of items must not slow down every page.
        """
        if self.site is None:
            return []
        root = self.site.root_page
        above = [Substr(OuterRef("path"), 1, Page.steplen * level) for level in range(1, DEEPEST + 1)]
        closed = PageViewRestriction.objects.filter(page__path__in=above)
        types = ContentType.objects.get_for_models(SectionPage, DepartmentIndexPage, OpenGuidePage)
        wanted = Q(depth=root.depth + 1, show_in_menus=True) | Q(content_type=types[OpenGuidePage])
        columns = Page.objects.live().filter(wanted, content_type__in=types.values()).descendant_of(root)
        return sorted(columns.exclude(Exists(closed)).order_by(), key=lambda page: str(page.path))

    @property
    def guide(self) -> Page | None:
        """The disclosure guide (公开指南), where there is one."""
        guide_type = ContentType.objects.get_for_model(OpenGuidePage)
        return next((page for page in self.pages if page.content_type_id == guide_type.pk), None)

    @cached_property
    def nav(self) -> list[Entry]:
        """Home, the columns that are in the menu, and the catalogue; departments come last."""
        menu = [page for page in self.pages if page.show_in_menus and self.site and page.depth == self.site.root_page.depth + 1]
        places = [(page.slug, page.title, page.get_url(self.request) or "", page) for page in menu]
        places += [("home", _("Home"), HOME, None), ("catalogue", _("Disclosure catalogue"), reverse("catalogue"), None)]
        by_key = self.nav_key in {key for key, *_rest in places}
        entries = [Entry(key, title, url, self._current(key, url, page, by_key=by_key)) for key, title, url, page in places]
        return sorted(entries, key=lambda entry: PLACES.get(entry.key, OTHER_PLACE))

    def _current(self, key: str, url: str, page: Page | None, *, by_key: bool) -> str:
        """Whether the reader is on an entry or below it; what the page itself names (`by_key`) goes before its place in the tree."""
        if self.request.path == url:
            return "page"
        below = page is not None and self.page is not None and self.page.path.startswith(page.path)
        return "true" if (key == self.nav_key if by_key else below) else ""


HOME = "/"
# The order of the main navigation; columns without a place stand between, in the order of the tree.
PLACES = {"home": 0, "services": 1, "policies": 2, "catalogue": 3, "departments": 9}
OTHER_PLACE = 5
# Columns and the guide stand at most this deep in the tree of pages.
DEEPEST = 8


def chrome_of(request: HttpRequest, page: Any = None, nav_key: str = "", now: dt.datetime | None = None) -> Chrome:
    """Head and foot for `request`; `page` is the Wagtail page shown, if any."""
    return Chrome(request, page if isinstance(page, Page) else None, nav_key, now or timezone.now())
