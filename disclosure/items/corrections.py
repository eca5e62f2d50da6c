"""我要纠错: what readers report about a page (standards §4.3, §15 row 57)."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.calendar.store import load_calendar
from portal.calendar.work_calendar import Due

# The national platform asks for a reply within three working days (standards §4.3).
REPLY_WORKING_DAYS = 3
WINDOW_SECONDS = 3600


class ReportQuerySet(models.QuerySet["CorrectionReport"]):
    """Reports, by whether they are handled and by who may see them."""

    def open(self) -> "ReportQuerySet":
        """Those nobody has handled yet."""
        return self.filter(handled_at=None)

    def visible_to(self, user: Any) -> "ReportQuerySet":
        """All for whoever has the right to change reports; else those about pages the user may change."""
        if user.has_perm("disclosure.change_correctionreport"):
            return self
        pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        return self.filter(page__in=pages.order_by().values("pk"))


class CorrectionReport(models.Model):
    """One report about one page; the reporter's contact is optional and shown to staff only."""

    class Kind(models.TextChoices):
        """What is wrong."""

        TYPO = "typo", _("wrong characters")
        OUTDATED = "outdated", _("out of date")
        DEAD_LINK = "dead_link", _("a link or file doesn't open")
        WRONG = "wrong", _("wrong content")
        OTHER = "other", _("something else")

    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    page_url = models.CharField(_("address"), max_length=500)
    page_title = models.CharField(_("title"), max_length=255, blank=True)
    kind = models.CharField(_("what is wrong"), max_length=20, choices=Kind.choices)
    text = models.TextField(_("description"), max_length=2000)
    contact = models.CharField(_("phone or e-mail"), max_length=100, blank=True)
    token = models.UUIDField(unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), db_index=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    handled_by = models.ForeignKey("auth.User", verbose_name=_("handled by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(_("what was done"), blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page_title or self.page_url}"

    @property
    def number(self) -> str:
        """The number the reader is told: day of receipt and serial, e.g. 20260924-17."""
        return f"{timezone.localtime(self.received_at):%Y%m%d}-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has handled it yet."""
        return self.handled_at is None

    @property
    def reply_due(self) -> Due:
        """The day by which it should be handled, by the county's working days."""
        return load_calendar().add_working_days(timezone.localtime(self.received_at).date(), REPLY_WORKING_DAYS)

    def handle(self, answer: str, user: Any, now: dt.datetime) -> None:
        """Note what was done; the first handling keeps its time and person, a later one only changes the words."""
        self.answer = answer
        if self.is_open:
            self.handled_at, self.handled_by = now, user
        self.save(update_fields=["answer", "handled_at", "handled_by"])


def client_address(meta: dict[str, Any]) -> str:
    """The reader's address: of the connection, or as the proxy in front gives it in the header the operator named."""
    header = settings.CLIENT_ADDRESS_HEADER
    name = f"HTTP_{header.upper().replace('-', '_')}" if header else "REMOTE_ADDR"
    return str(meta.get(name, "")).split(",")[-1].strip()


def may_report(address: str) -> bool:
    """Count one report of `address`; False when it has sent more than the setting allows within the hour.

    The cache holds a keyed hash for an hour, never the address; where each process has a cache of its own
    the limit holds for each process.
    """
    key = "corrections:" + salted_hmac("portal.corrections", address, algorithm="sha256").hexdigest()
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return bool(cache.incr(key) <= settings.CORRECTIONS_PER_HOUR)
    except ValueError:  # it ran out between the two calls
        return True
