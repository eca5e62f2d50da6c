"""What an item must hold before everybody may see it, and what an inspector would find fault with."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.site.models import PortalSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure.items.base import DisclosureItem

MISSING = _("This must be filled in before publishing.")
SUMMARY_LIMIT = 100


def gaps(item: "DisclosureItem", names: "Iterable[str]") -> dict[str, Any]:
    """A message for each of the fields `names` that is empty; 0 and False count as filled in."""
    return {name: MISSING for name in names if not _filled(getattr(item, name))}


def _filled(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def summary_limit() -> int:
    """The longest summary, in characters, that raises no warning; the county sets it."""
    return PortalSettings.objects.values_list("summary_limit", flat=True).first() or SUMMARY_LIMIT


def summary_warnings(item: "DisclosureItem") -> list[Any]:
    """Warnings about the summary: over the limit, or the title once more (standards §5.2: 内容概述)."""
    found: list[Any] = []
    length, limit = len(item.summary.strip()), summary_limit()
    if length > limit:
        found.append(_("The summary has %(length)d characters; at most %(limit)d are asked for.") % {"length": length, "limit": limit})
    if item.summary and item.summary.strip() == item.title.strip():
        found.append(_("The summary only repeats the title."))
    return found
