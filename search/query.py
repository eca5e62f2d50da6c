"""What somebody typed, understood: words, phrases in quotes, words that must not occur, numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.text import normalise, normalise_number, runs

LONGEST = 200
MOST_PARTS = 16
LONGEST_PART = 60
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
QUOTES = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "－": "-"})
FILTERS = ("kind", "department", "catalogue", "year", "validity")


@dataclass(frozen=True, slots=True)
class Query:
    """A question to an engine, already cut to a bearable size; `literal` when quotes or a minus ask for just these words."""

    raw: str
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    page_size: int = 10
    shortened: bool = False
    literal: bool = False

    @property
    def title(self) -> str:
        """The whole question as a title would be written, for the exact match."""
        return normalise(self.raw).strip()

    @property
    def number(self) -> str:
        """The whole question as a document or index number would be written, for the exact match."""
        return normalise_number(self.raw)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.wanted


def searchable(part: str) -> bool:
    """Whether a part holds any letter, digit or Chinese character."""
    return any(True for _run in runs(normalise(part)))


def parse(raw: str, **options: object) -> Query:
    """The query that `raw` means; `options` are the other fields of Query. Never fails, whatever was typed."""
    text = raw.translate(QUOTES)
    cut = text[:LONGEST]
    wanted: list[str] = []
    unwanted: list[str] = []
    literal = False
    for found in PART.finditer(cut):
        part = (found["phrase"] if found["phrase"] is not None else found["word"])[:LONGEST_PART]
        if searchable(part):
            (unwanted if found["minus"] else wanted).append(part)
            literal = literal or bool(found["minus"]) or found["phrase"] is not None
    shortened = len(text) > LONGEST or len(wanted) > MOST_PARTS
    return Query(raw=raw[:LONGEST], wanted=tuple(wanted[:MOST_PARTS]), unwanted=tuple(unwanted[:MOST_PARTS]), shortened=shortened, literal=literal, **options)  # type: ignore[arg-type]
