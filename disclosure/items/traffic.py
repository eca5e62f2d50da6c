"""How often a page was opened, counted without a write for each view."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitCount(models.Model):
    """Views of one page up to the last flush."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="visit_count", primary_key=True)
    total = models.PositiveIntegerField(_("views"), default=0)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.total}"
