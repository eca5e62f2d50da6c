"""The embedded engine: SQLite FTS5 over pairs of characters, in files of its own.

Each build of the index is one file; the file `current` names the one in use. A rebuild writes a new file and then
replaces `current` in one step, so that readers see either the old index or the new one, and the former one is kept.
"""

import datetime as dt
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from search.documents import SearchDocument
from search.engines.base import Change
from search.engines.sqlite_query import EXACT, ROW_COLUMNS, Statement, facet_statement, hits_statement
from search.marks import best_passage
from search.query import Query
from search.results import EngineUnavailableError, Hit, Results
from search.text import normalise, normalise_number, token_string

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, live INTEGER NOT NULL, digest TEXT NOT NULL DEFAULT '',
  kind TEXT, department TEXT, year INTEGER, validity TEXT, lapses_on TEXT, catalogue TEXT, published REAL, weight REAL,
  exact_title TEXT, exact_number TEXT, exact_index TEXT, url TEXT, document_number TEXT, index_number TEXT, title TEXT, text TEXT
);
CREATE INDEX IF NOT EXISTS documents_title ON documents (exact_title);
CREATE INDEX IF NOT EXISTS documents_number ON documents (exact_number);
CREATE INDEX IF NOT EXISTS documents_index ON documents (exact_index);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(tokens, content='', tokenize='unicode61 remove_diacritics 0');
"""
# A change of how text is cut makes old entries unfindable: files of another layout are not used.
LAYOUT = 1
COLUMNS = (
    "kind", "department", "year", "validity", "lapses_on", "catalogue", "published", "weight",
    "exact_title", "exact_number", "exact_index", "url", "document_number", "index_number", "title", "text", "digest",
)
KEPT_FILES = 2


def digest_of(document: SearchDocument) -> str:
    """A short fingerprint of all that the index holds of a document."""
    values = [getattr(document, name) for name in SearchDocument.__slots__]
    return hashlib.blake2b(json.dumps(values, default=str, ensure_ascii=True).encode(), digest_size=12).hexdigest()


def row_of(document: SearchDocument) -> dict[str, Any]:
    """The columns of a document's row."""
    return {
        "kind": document.kind, "department": document.department, "year": document.published.year if document.published else None,
        "validity": document.validity, "lapses_on": document.lapses_on.isoformat() if document.lapses_on else None,
        "catalogue": "".join(f"/{code}/" for code in document.catalogue), "published": document.published.timestamp() if document.published else 0.0,
        "weight": document.weight, "exact_title": normalise(document.title).strip(), "exact_number": normalise_number(document.document_number),
        "exact_index": normalise_number(document.index_number), "url": document.url, "document_number": document.document_number,
        "index_number": document.index_number, "title": document.title, "text": document.text, "digest": digest_of(document),
    }


class SqliteIndex:
    """One index file; a connection for each thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened at the first use."""
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.executescript(SCHEMA)
            self._local.connection = connection
        return self._local.connection

    def close(self) -> None:
        """Close this thread's connection, so that its log is written back into the file."""
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection

    def apply(self, changes: Iterable[Change]) -> None:
        """Write the changes in one transaction; an older version never replaces a newer one."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                for change in changes:
                    self._write(change)
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise EngineUnavailableError(str(error)) from error

    def _write(self, change: Change) -> None:
        """One change; the words of the former text must be given back to take them out of a contentless table."""
        run = self.connection.execute
        old = run("SELECT rowid, version, live, text FROM documents WHERE id = ?", (change.id,)).fetchone()
        if old and old["version"] > change.version:
            return
        if old and old["live"]:
            run("INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?, ?)", (old["rowid"], token_string(old["text"])))
        values = row_of(change.document) if change.document else dict.fromkeys(COLUMNS, None) | {"digest": ""}
        names = ("id", "version", "live", *COLUMNS)
        marks = ", ".join("?" * len(names))
        updates = ", ".join(f"{name} = excluded.{name}" for name in names)
        arguments = (change.id, change.version, int(change.document is not None), *(values[name] for name in COLUMNS))
        statement = f"INSERT INTO documents ({', '.join(names)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates} RETURNING rowid"  # noqa: S608 - constants
        rowid = run(statement, arguments).fetchone()[0]
        if change.document:
            run("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (rowid, token_string(change.document.text)))


class SqliteEngine:
    """Engine `sqlite`; see the module for its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, SqliteIndex] = {}

    def _current_name(self) -> str:
        """The name of the file in use; the first one is made when there is none."""
        pointer = self.folder / "current"
        try:
            name = pointer.read_text().strip()
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = self._new_name()
            self._point_to(name)
        return name

    def _new_name(self) -> str:
        return f"index-{LAYOUT}-{time.time_ns()}.sqlite3"

    def _point_to(self, name: str) -> None:
        """Make `name` the file in use, in one step."""
        fresh = self.folder / f"current.{time.time_ns()}"
        fresh.write_text(name)
        fresh.replace(self.folder / "current")

    @property
    def index(self) -> SqliteIndex:
        """The index in use; looked up anew each time, since another process may have switched it."""
        name = self._current_name()
        if name not in self._open:
            self._open = {name: SqliteIndex(self.folder / name)}
        return self._open[name]

    def apply(self, changes: Iterable[Change]) -> None:
        """Write the changes into the index in use."""
        self.index.apply(changes)

    def search(self, query: Query) -> Results:
        """Hits, total and facets; words are all wanted first, and when nothing has them all, most of them will do."""
        started = time.perf_counter()
        try:
            results = self._answer(query, relaxed=False)
            if not results.total and not query.literal:
                results = self._answer(query, relaxed=True)
        except sqlite3.Error as error:
            raise EngineUnavailableError(str(error)) from error
        took = (time.perf_counter() - started) * 1000
        return Results(results.hits, results.total, results.facets, results.relaxed and bool(results.total), took)

    def _answer(self, query: Query, *, relaxed: bool) -> Results:
        facets: dict[str, list[tuple[str, int]]] = {}
        total = 0
        for name, value, count in self._run(facet_statement(query, relaxed=relaxed, day=dt.date.today())):  # noqa: DTZ011 - dates of validity are local days
            if name == "total":
                total = count
            elif value not in (None, ""):
                facets.setdefault(name, []).append((str(value), count))
        rows = self._run(hits_statement(query, relaxed=relaxed, now=time.time(), day=dt.date.today())) if total else []  # noqa: DTZ011
        return Results([self._hit(row, query) for row in rows], total, facets, relaxed)

    def _run(self, statement: Statement) -> list[sqlite3.Row]:
        return self.index.connection.execute(statement.sql, statement.arguments).fetchall()

    def _hit(self, row: sqlite3.Row, query: Query) -> Hit:
        values = {name: row[name] or "" for name in ROW_COLUMNS}
        body = row["text"].removeprefix(row["title"]).strip()
        published = dt.datetime.fromtimestamp(row["published"], tz=dt.UTC) if row["published"] else None
        return Hit(passage=best_passage(body, query.wanted), published=published, score=float(row["score"] or 0) + EXACT * bool(row["exact"]), **values)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Id and digest of every live document, in the order of ids."""
        for row in self.index.connection.execute("SELECT id, digest FROM documents WHERE live ORDER BY id"):
            yield row["id"], row["digest"]

    @contextmanager
    def rebuild(self) -> Iterator[SqliteIndex]:
        """A new file to write into; it becomes the one in use at the end, older ones but the last are removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = self._new_name()
        fresh = SqliteIndex(self.folder / name)
        yield fresh
        fresh.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        fresh.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        fresh.close()
        self._point_to(name)
        for old in sorted(self.folder.glob("index-*.sqlite3"))[:-KEPT_FILES]:
            for path in (old, Path(f"{old}-wal"), Path(f"{old}-shm")):
                path.unlink(missing_ok=True)
