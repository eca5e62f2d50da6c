"""Files that hold items, read record by record: JSON lines (plain or gzip), CSV, XLSX, folders of HTML pages."""

import csv
import gzip
import io
import itertools
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from disclosure.importing.web_pages import decode, read_page

WHOLE_LINE_LIMIT = 64 * 1024 * 1024
CSV_FIELD_LIMIT = 16 * 1024 * 1024
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z0-9:]+)\"")
PAGE_SUFFIXES = {".html", ".htm", ".shtml", ".xhtml"}


class SourceError(ValueError):
    """A source that can't be read, or not to its end; the message names file and place."""


@dataclass(frozen=True)
class Record:
    """One row of a source: where it stands, and its fields by name; or why it can't be read, or why it is no item."""

    place: str
    fields: dict[str, Any]
    problem: str = ""
    skip: str = ""


class Source(Protocol):
    """A source of records."""

    def count(self) -> int | None:
        """How many records there are, for the progress bar; None when that can't be told cheaply."""

    def records(self) -> Iterator[Record]:
        """All records in order; raises SourceError where reading can't go on."""


def open_source(path: Path) -> Source:
    """The reader that suits a file or folder; raises SourceError."""
    if path.is_dir():
        return PageFolder(path)
    if not path.is_file():
        raise SourceError(_("There is no file or folder %(path)s.") % {"path": path})
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson", ".json")):
        return JsonLines(path)
    if name.endswith((".csv", ".tsv", ".txt")):
        return Table(path)
    if name.endswith((".xlsx", ".xlsm")):
        return Workbook(path)
    if path.suffix.lower() in PAGE_SUFFIXES:
        return PageFolder(path)
    raise SourceError(_("%(file)s: the kind of file isn't known. Known are .jsonl, .jsonl.gz, .csv, .xlsx, and folders of HTML pages.") % {"file": path.name})


@dataclass(frozen=True)
class JsonLines:
    """One JSON object a line, UTF-8; a broken line is a broken record, the next line is read all the same."""

    path: Path

    def count(self) -> int | None:
        """The number of lines; of a damaged file None, the damage is reported while reading."""
        try:
            with _open_bytes(self.path) as file:
                return sum(1 for line in file if line.strip())
        except (OSError, EOFError, zlib.error):
            return None

    def records(self) -> Iterator[Record]:
        """One record a line that isn't blank; the place is the line's number."""
        number = 0
        try:
            with _open_bytes(self.path) as file:
                for number, line in enumerate(file, 1):
                    if line.strip(b"\xef\xbb\xbf \t\r\n"):
                        yield _json_record(number, line)
        except (EOFError, zlib.error, OSError) as error:
            raise SourceError(
                _("%(file)s ends or breaks off after line %(line)s: the file is damaged or was not transferred completely (%(error)s). Everything up to that line was read.")
                % {"file": self.path.name, "line": number, "error": error}
            ) from error


def _open_bytes(path: Path) -> IO[bytes]:
    """The file for reading; taken as gzip by its first two bytes, whatever its name is."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    return io.BufferedReader(gzip.open(path, "rb")) if packed else path.open("rb")


def _json_record(number: int, line: bytes) -> Record:
    place = str(number)
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Record(place, {}, _("The line is not UTF-8."))
    except (json.JSONDecodeError, RecursionError) as error:
        return Record(place, {}, _("The line is not valid JSON: %(error)s") % {"error": error})
    if not isinstance(fields, dict):
        return Record(place, {}, _("The line holds no object with fields."))
    return Record(place, fields)


@dataclass(frozen=True)
class Table:
    """A CSV file with a head row; the encoding (UTF-8, GB 18030) and the separator are found out."""

    path: Path

    def count(self) -> int | None:
        """The number of rows below the head."""
        try:
            return max(0, sum(1 for row in self._rows() if any(cell.strip() for cell in row)) - 1)
        except (csv.Error, UnicodeDecodeError):
            return None

    def records(self) -> Iterator[Record]:
        """One record a row; the place is the row's number as a spreadsheet shows it, the head being row 1."""
        try:
            numbered = ((number, row) for number, row in enumerate(self._rows(), 1) if any(cell.strip() for cell in row))
            _number, head = next(numbered, (0, []))
            names = head_names(head, self.path.name)
            for number, row in numbered:
                yield _row_record(str(number), names, list(row))
        except csv.Error as error:
            raise SourceError(_("%(file)s is no CSV file: %(error)s") % {"file": self.path.name, "error": error}) from error

    def _rows(self) -> Iterator[list[str]]:
        csv.field_size_limit(CSV_FIELD_LIMIT)
        encoding = self._encoding()
        with io.TextIOWrapper(_open_bytes(self.path), encoding=encoding, newline="") as text:
            first = text.readline()
            delimiter = max(",\t;，", key=first.count)
            yield from csv.reader(itertools.chain([first], text), delimiter=delimiter)

    def _encoding(self) -> str:
        """UTF-8 when the whole file is UTF-8, else GB 18030; raises SourceError when it is neither."""
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                with io.TextIOWrapper(_open_bytes(self.path), encoding=encoding) as text:
                    while text.read(1 << 20):
                        pass
            except UnicodeDecodeError:
                continue
            except (EOFError, zlib.error, OSError) as error:
                raise SourceError(_("%(file)s is damaged or incomplete: %(error)s") % {"file": self.path.name, "error": error}) from error
            return encoding
        raise SourceError(_("%(file)s is neither UTF-8 nor GB 18030; save it as CSV UTF-8.") % {"file": self.path.name})


@dataclass(frozen=True)
class Workbook:
    """An XLSX file; every sheet begins with a head row. Merged cells are refused: it can't be told which rows they belong to."""

    path: Path

    def count(self) -> int | None:
        """The number of rows below the heads."""
        book = self._open()
        total = sum(max(0, (sheet.max_row or 1) - 1) for sheet in book.worksheets)
        book.close()
        return total

    def records(self) -> Iterator[Record]:
        """One record a row; the place is sheet and row, e.g. `Sheet1!7`."""
        book = self._open()
        try:
            for sheet in book.worksheets:
                yield from self._sheet(sheet)
        finally:
            book.close()

    def _sheet(self, sheet: Any) -> Iterator[Record]:
        rows = ((number, list(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), 1))
        filled = ((number, row) for number, row in rows if any(cell not in (None, "") for cell in row))
        _number, head = next(filled, (0, []))
        names = head_names(["" if cell is None else str(cell) for cell in head], f"{self.path.name}, {sheet.title}")
        for number, row in filled:
            yield _row_record(f"{sheet.title}!{number}", names, row)

    def _open(self) -> Any:
        """The workbook, read row by row; raises SourceError when it is none or has merged cells."""
        try:
            book = load_workbook(self.path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                self._refuse_merged(sheet)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(_("%(file)s can't be read as an Excel workbook: %(error)s") % {"file": self.path.name, "error": error}) from error
        return book

    def _refuse_merged(self, sheet: Any) -> None:
        # Reading row by row hides merged cells, so they are looked for in the sheet's own text.
        with zipfile.ZipFile(self.path) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as part:
            before = b""
            while chunk := part.read(1 << 20):
                if found := MERGED.search(before + chunk):
                    raise SourceError(
                        _("%(file)s, sheet “%(sheet)s”: the cells %(cells)s are merged. Take the merge back and fill every cell; nothing was imported.")
                        % {"file": self.path.name, "sheet": sheet.title, "cells": found[1].decode()}
                    )
                before = chunk[-200:]


def head_names(cells: list[str], where: str) -> list[str]:
    """The names of the columns; raises SourceError when there are none or one occurs twice."""
    names = [re.sub(r"\s+", " ", cell).strip(" \ufeff") for cell in cells]
    given = [name for name in names if name]
    twice = sorted({name for name in given if given.count(name) > 1})
    if twice:
        raise SourceError(_("%(where)s: the column “%(name)s” occurs twice in the head row.") % {"where": where, "name": twice[0]})
    return names


def _row_record(place: str, names: list[str], row: list[Any]) -> Record:
    beyond = [cell for index, cell in enumerate(row) if cell not in (None, "") and (index >= len(names) or not names[index])]
    if beyond:
        return Record(place, {}, _("There is a value without a column name: “%(value)s”.") % {"value": str(beyond[0])[:60]})
    return Record(place, {name: value for name, value in zip(names, row, strict=False) if name})


@dataclass(frozen=True)
class PageFolder:
    """A folder of HTML pages, with the folders below it, or a single page."""

    path: Path

    def count(self) -> int | None:
        """The number of pages."""
        return len(self._files())

    def records(self) -> Iterator[Record]:
        """One record a page, in the order of their paths; the place is the path inside the folder."""
        for file in self._files():
            place = file.name if file == self.path else file.relative_to(self.path).as_posix()
            try:
                yield self._page(place, read_page(decode(file.read_bytes()), place))
            except (OSError, ValueError) as error:
                yield Record(place, {}, str(error))

    @staticmethod
    def _page(place: str, fields: dict[str, Any]) -> Record:
        """A page without title and date of an article is the front page of a column or of the site."""
        if fields["ArticleTitle"] or fields["PubDate"]:
            return Record(place, fields)
        name = fields["ColumnName"] or fields["window_title"]
        return Record(place, fields, skip=_("The page of a column (%(name)s), not an article: it has neither ArticleTitle nor PubDate.") % {"name": name})

    def _files(self) -> list[Path]:
        if self.path.is_file():
            return [self.path]
        return sorted(file for file in self.path.rglob("*") if file.suffix.lower() in PAGE_SUFFIXES and file.is_file())
