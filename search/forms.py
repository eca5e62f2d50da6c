"""The parameters of a search as they come in an address."""

from collections.abc import Mapping

from search.query import FILTERS, Query, parse

PAGE_SIZE = 10
DEEPEST = 10_000
SORTS = ("relevance", "date")
LONGEST_VALUE = 60


def page_number(value: str) -> int:
    """The number of a page; 1 for anything that isn't one."""
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def read_query(parameters: Mapping[str, str], page_size: int = PAGE_SIZE) -> Query:
    """The query that an address asks; what isn't understood counts as not said."""
    filters = {name: value[:LONGEST_VALUE] for name in FILTERS if (value := clean(parameters.get(name, "")))}
    sort = parameters.get("sort", "")
    page = min(page_number(parameters.get("page", "")), DEEPEST // page_size)
    return parse(parameters.get("q", ""), filters=filters, sort=sort if sort in SORTS else "relevance", page=page, page_size=page_size)


def clean(value: str) -> str:
    """A filter value without what no value holds: control characters and lone surrogates."""
    return "".join(char for char in value if char.isprintable()).strip()
