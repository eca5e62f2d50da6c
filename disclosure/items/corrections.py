"""我要纠错: what readers report about a page (standards §4.3, §15 row 57)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page_title or self.page_url}"
