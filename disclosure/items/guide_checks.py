"""Consistency of a service guide (standards §7.2): errors that stop a save, and warnings that an inspector would raise."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disclosure.items.guides import ServiceGuidePage


def guide_errors(guide: "ServiceGuidePage") -> dict[str, Any]:
    """Errors by field; empty when the guide is consistent."""
    return {}
