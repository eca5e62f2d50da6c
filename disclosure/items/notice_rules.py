"""What each category of notice must hold, and how long its period lasts at least (standards §8)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from disclosure.items.kinds import NoticeCategory

if TYPE_CHECKING:
    from disclosure.items.notices import NoticePage


@dataclass(frozen=True)
class Rule:
    """Required fields of a category."""

    required: tuple[str, ...] = ()


RULES: dict[str, Rule] = {NoticeCategory.NOTICE: Rule()}


def problems_of(notice: "NoticePage") -> dict[str, Any]:
    """Errors by field; empty when the notice may be saved."""
    return {}
