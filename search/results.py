"""What an engine answers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


class EngineUnavailableError(Exception):
    """The engine can't answer now; the caller says so and never shows “no results”."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `title` and `passage` are plain text; `marks` turns them into HTML."""

    id: str
    kind: str
    title: str
    url: str
    passage: str
    department: str
    published: dt.datetime | None
    document_number: str
    index_number: str
    validity: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, how many there are, and how many each filter value would leave."""

    hits: list[Hit]
    total: int
    facets: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    relaxed: bool = False
    took_ms: float = 0.0
