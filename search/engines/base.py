"""What an engine can do; the rest of the portal knows no more of it."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from search.documents import SearchDocument
from search.query import Query
from search.results import Results


@dataclass(frozen=True, slots=True)
class Change:
    """The state of one document as of `version`; None when it is no longer public."""

    id: str
    version: int
    document: SearchDocument | None


class Writer(Protocol):
    """Takes changes in any order; an older version never replaces a newer one."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Write the changes, all or none; raises EngineUnavailableError when the engine can't be reached."""


class Engine(Writer, Protocol):
    """An index that can be asked, changed and rebuilt."""

    def search(self, query: Query) -> Results:
        """Answer in one request; raises EngineUnavailableError when the engine can't be reached."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Id and digest of every document in the index, in the order of ids."""

    def rebuild(self) -> AbstractContextManager[Writer]:
        """A writer into a new index, which takes the place of the present one when the block ends without error."""
