"""An import from beginning to end: read, map, compare with what is there, write in batches, report."""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from disclosure.importing import transforms
from disclosure.importing.bulk_pages import Order, write_batch
from disclosure.importing.mapping import FieldMapping, Unreadable
from disclosure.importing.report import Line, Outcome, Report
from disclosure.importing.rows import Frame, RefusedError, make_row
from disclosure.importing.sources import Record
from disclosure.items.base import DisclosureItem

BATCH = 500
ID_LIMIT = 120
# Raise it when texts are turned into blocks in another way, so that a new run brings existing items up to date.
TEXT_RULES = 1


@dataclass(frozen=True)
class Existing:
    """An item that an earlier run made."""

    pk: int
    digest: str
    edited: bool
    url_path: str


@dataclass(frozen=True)
class Candidate:
    """A record that can be read, with its values, its number at the source and the digest of all it is made from."""

    record: Record
    values: Mapping[str, Any]
    problems: Mapping[str, Unreadable]
    source_id: str
    digest: str

    @property
    def title(self) -> str:
        """The title for the report."""
        return str(self.values.get("title", ""))[:200]


@dataclass
class Import:
    """One run. `stopping` is asked after each batch; `advance` is told how many records are done."""

    frame: Frame
    mapping: FieldMapping
    report: Report
    dry_run: bool = False
    overwrite: bool = False
    stopping: Callable[[], bool] = lambda: False
    advance: Callable[[int], Any] = lambda _number: None
    seen: dict[str, str] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    def run(self, records: Iterable[Record]) -> bool:
        """Import all records; returns whether it came to the end. A SourceError of the source passes after what was read is written."""
        for batch, error in _batches(records):
            self._batch(batch)
            self.advance(len(batch))
            if error:
                raise error
            if self.stopping():
                return False
        return True

    def _batch(self, records: list[Record]) -> None:
        candidates = [candidate for record in records if (candidate := self._candidate(record))]
        existing = self._existing([candidate.source_id for candidate in candidates])
        ready: list[tuple[Candidate, Order]] = []
        for candidate in candidates:
            try:
                order = self._order(candidate, existing.get(candidate.source_id))
            except RefusedError as error:
                self._line(candidate, Outcome.REFUSED, str(error))
                continue
            if order:
                ready.append((candidate, order))
        ready = self._with_free_numbers(ready)
        if self.dry_run:
            self._report_written(ready, {candidate.source_id for candidate, order in ready if order.page_id})
        elif ready:
            self._write(ready)

    def _candidate(self, record: Record) -> Candidate | None:
        """The record's values, or None when it was reported already: unreadable, no item, or its number used before in this source."""
        if record.problem or record.skip:
            outcome = Outcome.REFUSED if record.problem else Outcome.SKIPPED
            self.report.add(Line(record.place, "", "", outcome, record.problem or record.skip))
            return None
        values, problems = self.mapping.apply(record.fields)
        source_id = source_id_of(values)
        options = [TEXT_RULES, self.frame.department.slug if self.frame.department else "", self.frame.catalogue_item.code if self.frame.catalogue_item else ""]
        candidate = Candidate(record, values, problems, source_id, self.mapping.digest(record.fields, str(options)))
        if source_id in self.seen:
            self._line(candidate, Outcome.REFUSED, _("Row %(row)s has the same number at the source.") % {"row": self.seen[source_id]})
            return None
        self.seen[source_id] = record.place
        return candidate

    def _existing(self, source_ids: list[str]) -> dict[str, Existing]:
        """Items of this source that exist already, by their number there."""
        # The condition of the unique constraint again, in its own words: SQLite uses a partial index only then.
        rows = DisclosureItem._base_manager.filter(~Q(import_id=""), import_source=self.frame.source, import_id__in=source_ids)
        found = rows.values_list("import_id", "pk", "import_digest", "latest_revision_id", "url_path", "kind")
        wrong = {source_id: kind for source_id, *_rest, kind in found if kind != self.frame.kind}
        if wrong:
            source_id, kind = next(iter(wrong.items()))
            raise RefusedError(
                _("The source “%(source)s” was imported as %(kind)s before (%(id)s); give it another name with --source.")
                % {"source": self.frame.source, "kind": kind, "id": source_id}
            )
        return {source_id: Existing(pk, digest, revision is not None, path) for source_id, pk, digest, revision, path, _kind in found}

    def _order(self, candidate: Candidate, existing: Existing | None) -> Order | None:
        """What is to be written; None when the item is as it should be, or was edited here and is left alone."""
        if existing and existing.digest == candidate.digest:
            self._line(candidate, Outcome.UNCHANGED, page_id=existing.pk, url=existing.url_path)
            return None
        if existing and existing.edited and not self.overwrite:
            self._line(candidate, Outcome.SKIPPED, _("It changed at the source, but was edited here since; --overwrite takes the source's text."), existing.pk, existing.url_path)
            return None
        row = make_row(self.frame, candidate.values, candidate.problems)
        return Order(row, candidate.source_id, candidate.digest, existing.pk if existing else 0, existing.url_path if existing else "")

    def _with_free_numbers(self, ready: list[tuple[Candidate, Order]]) -> list[tuple[Candidate, Order]]:
        """Without rows that bring an index number which another item bears already; these are refused."""
        brought = [order.row.index_number for _candidate, order in ready if order.row.index_number and not order.page_id]
        taken = set(DisclosureItem._base_manager.filter(index_number__in=brought).values_list("index_number", flat=True)) if brought else set()
        kept = []
        for candidate, order in ready:
            number = order.row.index_number
            if number and not order.page_id and (number in taken or number in self.numbers):
                self._line(candidate, Outcome.REFUSED, _("The index number %(number)s belongs to another item.") % {"number": number})
                continue
            self.numbers.update(filter(None, [number]))
            kept.append((candidate, order))
        return kept

    def _write(self, ready: list[tuple[Candidate, Order]]) -> None:
        """Write a batch; when the database refuses it, its halves, so that one bad row costs no other row its place."""
        updates = {candidate.source_id for candidate, order in ready if order.page_id}
        brought = [order.row.index_number for _candidate, order in ready]
        try:
            with transaction.atomic():
                write_batch(self.frame, [order for _candidate, order in ready])
        except (IntegrityError, DataError) as error:
            for (candidate, order), number in zip(ready, brought, strict=True):
                order.page_id = order.page_id if candidate.source_id in updates else 0
                order.row.index_number = number
            if len(ready) == 1:
                self._line(ready[0][0], Outcome.REFUSED, _("The database refused it: %(error)s") % {"error": str(error).splitlines()[0]})
                return
            middle = len(ready) // 2
            self._write(ready[:middle])
            self._write(ready[middle:])
            return
        self._report_written(ready, updates)

    def _report_written(self, ready: list[tuple[Candidate, Order]], updates: set[str]) -> None:
        for candidate, order in ready:
            outcome = Outcome.UPDATED if candidate.source_id in updates else Outcome.CREATED
            self._line(candidate, outcome, " ".join(order.row.warnings), order.page_id, order.url_path)

    def _line(self, candidate: Candidate, outcome: Outcome, reason: str = "", page_id: int = 0, url: str = "") -> None:
        self.report.add(Line(candidate.record.place, candidate.source_id, candidate.title, outcome, reason, page_id, site_path(url)))


def _batches(records: Iterable[Record]) -> Iterator[tuple[list[Record], Exception | None]]:
    """Records in batches; when the source breaks off, the last batch comes with the error."""
    iterator = iter(records)
    while True:
        batch: list[Record] = []
        try:
            for record in itertools.islice(iterator, BATCH):
                batch.append(record)  # noqa: PERF402 - what was read before an error must survive it
        except ValueError as error:
            yield batch, error
            return
        if not batch:
            return
        yield batch, None


def source_id_of(values: Mapping[str, Any]) -> str:
    """The number that tells this record from all others of its source; made from address, index number or title where the source gives none."""
    given = str(values.get("import_id", "")) or str(values.get("source_url", "")) or str(values.get("index_number", ""))
    if not given:
        parts = (values.get("title", ""), values.get("made_on", ""), values.get("document_number", ""))
        return "made:" + hashlib.sha256(repr(tuple(map(transforms.as_text, parts))).encode("utf-8", "replace")).hexdigest()[:32]
    return given if len(given) <= ID_LIMIT else "long:" + hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()


def site_path(url_path: str) -> str:
    """The address on the site: Wagtail's path without its first part, the home page."""
    parts = url_path.split("/", 2)
    return f"/{parts[2]}" if len(parts) == 3 and parts[2] else ""
