"""Strings of Wagtail that neither its own zh_Hans catalogues nor ours translate.

Wagtail's zh_Hans files hold no empty entries: a missing string is simply absent. So each is compared with the `en` file beside it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import wagtail

from portal.settings.environment import PROJECT_DIR

OURS = PROJECT_DIR / "locale" / "wagtail" / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")

Key = tuple[str | None, str, str]


def key(entry: polib.POEntry) -> Key:
    """What gettext tells strings apart by: context, singular, plural."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def translated(entries: Iterable[polib.POEntry]) -> set[Key]:
    """The strings with a translation that is neither guessed nor obsolete."""
    return {key(entry) for entry in entries if entry.translated()}


def absent(source: Iterable[polib.POEntry], *translations: Iterable[polib.POEntry]) -> list[str]:
    """The strings of `source`, in its order, that none of `translations` translates."""
    known = set[Key]().union(*(translated(entries) for entries in translations))
    return [entry.msgid for entry in source if not entry.obsolete and key(entry) not in known]


def sources(domain: str) -> Iterator[Path]:
    """The English catalogue of every Wagtail application that has one."""
    yield from sorted(Path(wagtail.__file__).parent.glob(f"**/locale/en/LC_MESSAGES/{domain}.po"))


def wagtail_gaps() -> list[str]:
    """The strings of the installed Wagtail that would appear in English."""
    return [text for domain in DOMAINS for path in sources(domain) for text in _gaps_of(path)]


def _gaps_of(source: Path) -> list[str]:
    translations = (source.parents[2] / "zh_Hans" / "LC_MESSAGES" / source.name, OURS / source.name)
    return absent(_entries(source), *(_entries(path) for path in translations))


def _entries(path: Path) -> list[polib.POEntry]:
    return list(polib.pofile(str(path))) if path.exists() else []
