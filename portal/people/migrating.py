"""The roles after every migrate. A data migration alone would be lost: tests that flush the database keep no rows of migrations."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from portal.people.roles import ensure_roles


def connect() -> None:
    """Make the roles when the last app with models reports: only then do the permissions of all apps exist."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    post_migrate.connect(_make_roles, sender=last, dispatch_uid="portal_roles")


def _make_roles(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    if using == "default":
        ensure_roles()
