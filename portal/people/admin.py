"""Guards around accounts; imported by wagtail_hooks."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks


def _only_superusers(request: HttpRequest) -> None:
    """Refuse everybody else."""
    if not getattr(request.user, "is_superuser", False):
        raise PermissionDenied


@hooks.register("before_create_user")
def no_new_superuser(request: HttpRequest) -> None:
    """An operator makes accounts, but none that may do more than he or she."""
    if request.POST.get("is_superuser"):
        _only_superusers(request)


@hooks.register("before_edit_user")
def no_edited_superuser(request: HttpRequest, user: AbstractBaseUser) -> None:
    """A superuser's account, its password above all, isn't an operator's to change; nor does an operator make one."""
    if getattr(user, "is_superuser", False) or request.POST.get("is_superuser"):
        _only_superusers(request)


@hooks.register("before_delete_user")
def no_deleted_superuser(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Nor to delete."""
    if getattr(user, "is_superuser", False):
        _only_superusers(request)


@hooks.register("before_bulk_action")
def no_superuser_in_bulk(request: HttpRequest, _action: str, objects: list[Any], _view: Any) -> None:
    """Nor to switch off, or to do anything else with, by ticking it in the list."""
    if any(isinstance(each, AbstractBaseUser) and getattr(each, "is_superuser", False) for each in objects):
        _only_superusers(request)
