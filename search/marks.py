"""The passage of a text that answers a query best, and the query's words marked in it."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.text import folded, normalise

PASSAGE = 120
LEAD = 20


def needles(parts: Iterable[str]) -> list[str]:
    """What to mark for the words of a query: each part, and the pairs of characters of longer ones."""
    found: list[str] = []
    for part in parts:
        word = normalise(part).strip()
        found.append(word)
        if len(word) > 4:
            found.extend(word[at : at + 2] for at in range(0, len(word) - 1))
    return sorted({needle for needle in found if needle.strip()}, key=len, reverse=True)


def best_passage(text: str, parts: Iterable[str], length: int = PASSAGE) -> str:
    """About `length` characters of `text` where most of the words stand together; its beginning when none occurs."""
    flat = re.sub(r"\s+", " ", text).strip()
    same = folded(flat)
    words = needles(parts)
    places = sorted({found.start() for word in words[:20] for found in re.finditer(re.escape(word), same)})[:500]
    start = max(places, key=lambda place: (sum(word in same[place : place + length] for word in words[:20]), -place), default=0)
    start = max(0, start - LEAD)
    piece = flat[start : start + length]
    return f"{'…' if start else ''}{piece}{'…' if start + length < len(flat) else ''}"


def marked(text: str, parts: Iterable[str]) -> SafeString:
    """`text` as HTML with the words of the query in <mark>; everything is escaped first."""
    same = folded(text)
    words = [word for word in needles(parts) if word in same]
    if not words:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, words)))
    pieces, last = [], 0
    for found in pattern.finditer(same):
        pieces += [escape(text[last : found.start()]), "<mark>", escape(text[found.start() : found.end()]), "</mark>"]
        last = found.end()
    pieces.append(escape(text[last:]))
    return mark_safe("".join(pieces).replace("</mark><mark>", ""))
