"""The search page."""

import logging
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.engines import engine
from search.forms import DEEPEST, read_query
from search.labels import labels_of
from search.marks import marked
from search.query import Query
from search.results import EngineUnavailableError, Hit, Results

log = logging.getLogger(__name__)
FACETS = ("kind", "department", "year", "validity")


@dataclass(frozen=True)
class Row:
    """A hit as the page shows it."""

    hit: Hit
    title: SafeString
    passage: SafeString
    kind: str
    department: str


@dataclass(frozen=True)
class Choice:
    """One value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


class Window(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Pages of a list of which only one was fetched."""

    def __init__(self, total: int, page_size: int, rows: list[Row]) -> None:
        super().__init__(range(min(total, DEEPEST)), page_size)
        self.rows = rows

    def page(self, number: Any) -> Any:
        """The page that was fetched, under its number."""
        return Page(self.rows, self.validate_number(min(max(1, number), self.num_pages)), self)


def address(parameters: QueryDict, name: str, value: str) -> str:
    """The query string with one filter set, or taken away when `value` is empty; always the first page."""
    changed = parameters.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return changed.urlencode()


def facet_choices(results: Results, query: Query, parameters: QueryDict) -> list[tuple[str, str, list[Choice]]]:
    """Parameter, heading and choices of every facet that has any; the chosen value stays even when it leaves nothing."""
    headings = {"kind": _("Kind"), "department": _("Department"), "year": _("Year"), "validity": _("Validity")}
    facets = []
    for name in FACETS:
        words, chosen = labels_of(name), query.filters.get(name, "")
        counts = dict(results.facets.get(name, []))
        if chosen:
            counts.setdefault(chosen, 0)
        values = sorted(counts, reverse=True) if name == "year" else list(counts)
        choices = [Choice(v, words.get(v, v), counts[v], v == chosen, address(parameters, name, "" if v == chosen else v)) for v in values]
        if choices:
            facets.append((name, headings[name], choices))
    return facets


def rows_of(results: Results, query: Query) -> list[Row]:
    """The hits with their words marked and their codes in words."""
    kinds, departments = labels_of("kind"), labels_of("department")
    return [
        Row(hit, marked(hit.title, query.wanted), marked(hit.passage, query.wanted), kinds.get(hit.kind, hit.kind), departments.get(hit.department, ""))
        for hit in results.hits
    ]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of `q` with facets; an engine that is away is said to be away (503), never “no results”."""
    query = read_query(request.GET)
    context: dict[str, Any] = {
        "query": query, "typed": request.GET.get("q", "")[:200], "nav": "search", "crumbs": [{"title": _("Search")}],
        "column": {"name": _("Search"), "description": _("Search in everything that this site publishes"), "keywords": _("search"), "type": "信息公开目录"},
    }
    if query.is_empty:
        return render(request, "search/search.html", context)
    try:
        results = engine().search(query)
    except EngineUnavailableError:
        log.exception("The search engine can't be reached.")
        return render(request, "search/unavailable.html", context, status=503)
    window = Window(results.total, query.page_size, rows_of(results, query))
    context |= {"results": results, "page_obj": window.page(query.page), "facets": facet_choices(results, query, request.GET)}
    return render(request, "search/search.html", context)
