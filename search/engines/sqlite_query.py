"""A query as SQL over the full-text table; every value is an argument, never part of the statement."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from search.query import FILTERS, Query
from search.text import normalise, runs, tokens

ROW_COLUMNS = ("id", "kind", "title", "url", "department", "document_number", "index_number", "validity")

# Weights of the ranking, each with its reason.
EXACT = 1000.0  # the whole question is the title or the number: that is what was meant
LAPSED = 0.6  # what no longer holds stands below what does
HALF_LIFE_DAYS = 3650.0  # gentle: ten years halve the bonus of being new
NEWEST_BONUS = 0.25  # a text of today counts a quarter more than a very old one

# What no longer holds by its date has lapsed, although its row still says otherwise.
VALIDITY = "CASE WHEN d.validity IN ('in_force', 'amended') AND d.lapses_on <= :day THEN 'lapsed' ELSE d.validity END"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its arguments."""

    sql: str
    arguments: dict[str, Any]


def phrase(part: str) -> str:
    """One part of a query as an FTS5 phrase of its tokens; a last single character matches as a beginning."""
    cut = list(runs(normalise(part)))
    before = [token for run, _chinese in cut[:-1] for token in tokens(run)]
    last, chinese = cut[-1]
    # A longer run in a text has no single character where this one ends, so its last one is left out.
    words = [last[at : at + 2] for at in range(len(last) - 1)] if chinese and len(last) > 1 else [last]
    return '"' + " ".join(before + words) + '"' + ("*" if chinese and len(last) == 1 else "")


def match_expression(query: Query, *, relaxed: bool) -> str:
    """The FTS5 expression: all parts as phrases, or any of their tokens when `relaxed`; none of the unwanted."""
    if relaxed:
        loose = sorted({token for part in query.wanted for token in tokens(normalise(part)) if len(token) > 1})[:60]
        wanted = " OR ".join(f'"{token}"' for token in loose) or phrase(query.wanted[0])
    else:
        wanted = " AND ".join(phrase(part) for part in query.wanted)
    without = " OR ".join(phrase(part) for part in query.unwanted)
    return f"({wanted}) NOT ({without})" if without else wanted


def _condition(name: str) -> str:
    """The condition of one filter."""
    if name == "catalogue":
        return "instr(d.catalogue, '/' || :catalogue || '/')"
    column = VALIDITY if name == "validity" else f"d.{name}"
    return f"{column} = :{name}"


def _arguments(query: Query, *, relaxed: bool, day: dt.date) -> dict[str, Any]:
    return {"match": match_expression(query, relaxed=relaxed), "day": day.isoformat(), **{k: _value(k, v) for k, v in query.filters.items()}}


def _value(name: str, value: str) -> Any:
    return int(value) if name == "year" and value.isascii() and value.isdigit() and len(value) < 6 else value


def _where(query: Query, *, but: str = "") -> str:
    conditions = [_condition(name) for name in FILTERS if name in query.filters and name != but]
    return " AND ".join(conditions) or "1"


def hits_statement(query: Query, *, relaxed: bool, now: float, day: dt.date) -> Statement:
    """One page of hits."""
    score = (
        f"-bm25(words) * d.weight * CASE WHEN ({VALIDITY}) IN ('lapsed', 'repealed') THEN {LAPSED} ELSE 1 END"
        f" * (1 + {NEWEST_BONUS} / (1 + max(0, :now - d.published) / 86400.0 / {HALF_LIFE_DAYS}))"
    )
    order = {"date": "d.published DESC", "relevance": "exact DESC, score DESC, d.published DESC"}[query.sort]
    sql = f"""
        SELECT d.id, d.kind, d.title, d.url, d.department, d.document_number, d.index_number, {VALIDITY} AS validity, d.text, d.published,
               {score} AS score, (d.exact_title = :title OR (d.exact_number <> '' AND d.exact_number = :number) OR (d.exact_index <> '' AND d.exact_index = :number)) AS exact
        FROM words JOIN documents d ON d.rowid = words.rowid
        WHERE words MATCH :match AND {_where(query)}
        ORDER BY {order}, d.rowid DESC LIMIT :limit OFFSET :offset"""  # noqa: S608 - made of constants
    paging = {"limit": query.page_size, "offset": (query.page - 1) * query.page_size, "now": now, "title": query.title, "number": query.number}
    return Statement(sql, _arguments(query, relaxed=relaxed, day=day) | paging)


def facet_statement(query: Query, *, relaxed: bool, day: dt.date) -> Statement:
    """Rows (facet, value, count) and one row `total`; a facet is counted without its own filter."""
    facets = ("kind", "department", "year", "validity")
    groups = [f"SELECT 'total' AS name, NULL AS value, count(*) AS n FROM m d WHERE {_where(query)}"]  # noqa: S608
    for name in facets:
        column = VALIDITY if name == "validity" else f"d.{name}"
        groups.append(f"SELECT '{name}', {column}, count(*) AS n FROM m d WHERE {_where(query, but=name)} GROUP BY 2")  # noqa: S608
    sql = f"""
        WITH m AS MATERIALIZED (
          SELECT d.kind, d.department, d.year, d.validity, d.lapses_on, d.catalogue FROM words JOIN documents d ON d.rowid = words.rowid WHERE words MATCH :match
        ) SELECT name, value, n FROM ({' UNION ALL '.join(groups)}) ORDER BY name, n DESC, value"""  # noqa: S608
    return Statement(sql, _arguments(query, relaxed=relaxed, day=day))
