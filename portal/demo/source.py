"""Reads the texts of the demo county: plain files of entries.

An entry begins with `=== key`; then come `field: value` lines (repeated fields in order, longer values go on in lines moved in by two
blanks); after an empty line the body follows in the markup of `portal.demo.markup`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

CONTENT = Path(__file__).parent / "content"


@dataclass
class Entry:
    """One text: its stable key, the fields of its head (repeated ones in order) and its body in markup."""

    key: str
    fields: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    body: str = ""

    def get(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return self.fields[name][0] if name in self.fields else default

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return list(self.fields[name]) if name in self.fields else []


def read_entries(name: str) -> list[Entry]:
    """Entries of all content files whose names begin with `name`, in the order of files and lines."""
    return [entry for path in sorted(CONTENT.glob(f"{name}*.txt")) for entry in parse(path.read_text(encoding="utf-8"))]


def parse(text: str) -> list[Entry]:
    """The entries of one file; raises ValueError at a line of a head without a colon."""
    return [_entry(chunk) for chunk in f"\n{text}".split("\n=== ")[1:]]


def _entry(chunk: str) -> Entry:
    """One entry from its text after `=== `."""
    head, _blank, body = chunk.partition("\n\n")
    key, *lines = head.splitlines()
    entry = Entry(key.strip(), body=body.strip())
    name = ""
    for line in lines:
        if line.startswith("  "):
            entry.fields[name][-1] += f"\n{line.strip()}"
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{entry.key}: a head line needs “field: value”, found {line!r}")
        entry.fields[name].append(value.strip())
    return entry


def read_rows(name: str) -> list[list[str]]:
    """Rows of a table file: cells parted by ｜, lines that begin with # left out."""
    lines = (CONTENT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("｜")] for line in lines if line.strip() and not line.startswith("#")]
