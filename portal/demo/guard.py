"""Keeps the printed demo password out of production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from portal.demo.accounts import uses_demo_password

REFUSAL = "These users still have the demo password: %s. Give them passwords of their own (manage.py changepassword) or delete them."


def refuse_demo_password() -> None:
    """Raise ImproperlyConfigured where the demo isn't allowed and any user still has the demo password."""
    if not settings.DEMO_ALLOWED and (names := _found()):
        raise ImproperlyConfigured(REFUSAL % ", ".join(names))


@register(Tags.security, Tags.database)
def check_demo_password(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The same as a system check: `check --database default` and `migrate` report it before anything is served."""
    if settings.DEMO_ALLOWED or not databases:
        return []
    names = _found()
    return [Error(REFUSAL % ", ".join(names), id="portal.E001")] if names else []


def _found() -> list[str]:
    """Users with the demo password; none while the table of users doesn't exist yet."""
    try:
        return uses_demo_password()
    except DatabaseError:
        return []
