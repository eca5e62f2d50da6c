"""Visits of pages: gathered in memory, added to the database now and then, so that reading never waits for a write.

Every process keeps its own buffer and adds to the common total, so several of them sum up. What a process has not yet
written when it is killed is lost; when it ends in order it is written.
"""

import atexit
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from disclosure.items.traffic import VisitCount

logger = logging.getLogger(__name__)
FLUSH_AT_HITS = 500
BOTS = re.compile(r"bot|crawl|spider|slurp|scrapy|curl|wget|python|java/|go-http|httpclient|headless|lighthouse|monitor|preview|archiver|feed", re.IGNORECASE)
# One statement a page: the database adds, so no process overwrites what another one counted; a deleted page takes no row.
COUNTS, PAGES = VisitCount._meta.db_table, Page._meta.db_table
ADD_VISITS = (
    f"INSERT INTO {COUNTS} (page_id, total) SELECT id, %s FROM {PAGES} WHERE id = %s "  # noqa: S608 - table names only
    f"ON CONFLICT (page_id) DO UPDATE SET total = {COUNTS}.total + excluded.total"
)


class VisitBuffer:
    """Hits not yet written, per page; safe to use from several threads."""

    def __init__(self) -> None:
        self._hits: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, page_id: int, seconds: float) -> None:
        """Count a visit; it is written after `seconds`, or at once in the background when many have gathered."""
        with self._lock:
            self._hits[page_id] += 1
            crowded = self._hits.total() == FLUSH_AT_HITS
            if self._timer is None or crowded:
                self._start_timer(0 if crowded else seconds)

    def _start_timer(self, seconds: float) -> None:
        """Flush later in a thread of its own: a reader must not wait until an import lets go of the database."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._flush_in_background)
        self._timer.daemon = True
        self._timer.start()

    def _flush_in_background(self) -> None:
        try:
            self.flush()
        finally:
            connection.close()

    def pending(self, page_id: int) -> int:
        """Visits of a page that this process has not yet written."""
        with self._lock:
            return self._hits[page_id]

    def take(self) -> Counter[int]:
        """All hits, which the buffer forgets."""
        with self._lock:
            taken, self._hits, self._timer = self._hits, Counter(), None
        return taken

    def flush(self) -> None:
        """Add the hits to the database, one statement a page; those that fail are kept for the next time."""
        for page_id, hits in self.take().items():
            try:
                with connection.cursor() as cursor:
                    cursor.execute(ADD_VISITS, [hits, page_id])
            except DatabaseError as error:
                logger.warning("%s visits of page %s are kept for later: %s", hits, page_id, error)
                self._put_back(page_id, hits)

    def _put_back(self, page_id: int, hits: int) -> None:
        with self._lock:
            self._hits[page_id] += hits


buffer = VisitBuffer()


def visits_of(page_id: int, stored: int | None = None) -> int:
    """Visits of a page so far, with those this process has not yet written; one query, none when the stored number is known."""
    if stored is None:
        stored = VisitCount.objects.filter(page_id=page_id).values_list("total", flat=True).first() or 0
    return stored + buffer.pending(page_id)


def is_visit(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a request counts: a person outside the house who got the page."""
    agent = request.headers.get("User-Agent", "")
    if request.method != "GET" or response.status_code != 200 or not agent or BOTS.search(agent):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", "") or getattr(request, "is_preview", False):
        return False
    # Only staff can log in, so whoever is logged in works here; without a cookie nobody needs to be looked up.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


@hooks.register("on_serve_page")
def count_visit(serve: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wagtail's serving of a page, with the visit counted afterwards; the page shows the visits before this one."""

    def counted(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        response = serve(page, request, args, kwargs)
        if settings.VISITS_FLUSH_SECONDS and is_visit(request, response):
            buffer.add(page.pk, settings.VISITS_FLUSH_SECONDS)
        return response

    return counted


def _write_at_exit() -> None:
    if settings.VISITS_FLUSH_SECONDS:
        buffer.flush()


def _prepare_exit(**_signal: Any) -> None:
    """Register the last flush in the process that serves, not in the parent it was forked from."""
    request_started.disconnect(_prepare_exit)
    atexit.register(_write_at_exit)


request_started.connect(_prepare_exit)
