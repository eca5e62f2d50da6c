"""A search index of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search.documents import SearchDocument
from search.engines import engine
from search.engines.base import Change
from search.engines.sqlite import SqliteEngine


@pytest.fixture
def index(tmp_path: Path) -> SqliteEngine:
    """An empty engine."""
    return SqliteEngine(tmp_path / "index")


@pytest.fixture
def site_index(settings: Any, tmp_path: Path) -> Iterator[SqliteEngine]:
    """The site's own engine over an empty index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "site-index"
    engine.cache_clear()
    yield engine()
    engine.cache_clear()


@pytest.fixture
def put(index: SqliteEngine) -> Callable[..., None]:
    """Writes documents, given as title or fields, into `index`."""

    def write(*titles: str, **fields: Any) -> None:
        for number, title in enumerate(titles, start=1):
            document = SearchDocument(**{"id": f"t:{title}", "kind": "notice", "title": title, "url": f"/{number}/", **fields})
            index.apply([Change(document.id, 1, document)])

    return write
