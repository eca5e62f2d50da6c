"""The portal's ground floor and shell as one Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Calendar, departments, people, files, site settings, and the shell around them."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Make the roles after each migrate, find subtrees by index, and look for demo passwords."""
        from portal.demo import guard
        from portal.people import explorable, migrating, subtree_lookup

        assert guard.check_demo_password  # noqa: S101 - imported so that the check is registered
        migrating.connect()
        subtree_lookup.install()
        explorable.install()
