"""The engine that the settings choose."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine
from search.engines.sqlite import SqliteEngine


@cache
def engine() -> Engine:
    """The engine of this process."""
    return SqliteEngine(settings.SEARCH_INDEX_DIR)
