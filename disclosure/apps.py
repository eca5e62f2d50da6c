"""Flow 1: publish."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """Catalogue, page types, import."""

    name = "disclosure"
    verbose_name = _("Disclosure")
