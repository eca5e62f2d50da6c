"""Flow 2: find."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One document shape, one outbox, engines behind one interface."""

    name = "search"
    verbose_name = _("Search")
