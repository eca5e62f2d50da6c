"""Days on which the county works, as rows that the yearly notice of the State Council decides."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """One day: whether it is a working day, and which notice says so (standards §13). A year with data has a row for each of its days."""

    date = models.DateField(_("date"), unique=True)
    is_working = models.BooleanField(_("working day"))
    source = models.CharField(_("source notice"), max_length=200, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("working-day calendar")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save and note when, so that every process sees that the calendar changed."""
        self.changed_at = timezone.now()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
