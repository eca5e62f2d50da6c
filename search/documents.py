"""One shape for everything that can be found, and the registry of those who make such documents."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What the index holds of one public thing; never anything personal, never anything that isn't public."""

    id: str
    kind: str
    title: str
    url: str
    summary: str = ""
    body: str = ""
    department: str = ""
    catalogue: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: dt.datetime | None = None
    document_number: str = ""
    index_number: str = ""
    validity: str = ""
    lapses_on: dt.date | None = None
    audience: str = ""
    weight: float = 1.0
    source: str = ""
    source_id: str = ""

    @property
    def text(self) -> str:
        """Everything that is searched as words."""
        return "\n".join(filter(None, (self.title, self.summary, self.body, " ".join(self.tags), self.document_number, self.index_number)))


class Source(Protocol):
    """Somebody who has public things to find: pages, departments, answered cases."""

    name: str

    def keys(self) -> Iterator[int]:
        """Primary keys of all things that are public now, in ascending order."""

    def documents(self, keys: Iterable[int]) -> Iterator[tuple[int, SearchDocument]]:
        """The documents of those of `keys` that are public now; the others are left out."""


@dataclass
class Registry:
    """The sources known to this process, by name."""

    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        """Make `source` known; an app does so when it is ready."""
        self.sources[source.name] = source

    def __getitem__(self, name: str) -> Source:
        return self.sources[name]

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources.values())

    def __contains__(self, name: object) -> bool:
        return name in self.sources


registry = Registry()


def document_id(source: str, key: int) -> str:
    """The id of a thing in every engine."""
    return f"{source}:{key}"
