"""The text of an item, read once: its blocks with their anchors, its table of contents, and its rich text with all links looked up together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText, expand_db_html

from disclosure.items.anchors import article_anchor, unique_anchor

SEPARATOR = "\x00"
ARTICLES_LISTED = range(5, 41)
"""Without headings the articles make the table of contents: fewer need none, more would be no help."""


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents."""

    title: str
    anchor: str
    level: int = 2


@dataclass(frozen=True)
class Piece:
    """A block and the anchor under which it is found; the anchor is empty for blocks that nobody links to."""

    block: StreamValue.StreamChild
    anchor: str

    @property
    def kind(self) -> str:
        """The type of the block."""
        return str(self.block.block_type)


@dataclass(frozen=True)
class Outline:
    """A text ready to be shown; `prose` holds the finished HTML of each rich text by its source."""

    pieces: list[Piece] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    prose: dict[str, str] = field(default_factory=dict)

    @property
    def has_articles(self) -> bool:
        """Whether this is a document in articles."""
        return any(piece.kind == "article" for piece in self.pieces)


def outline_of(body: StreamValue, taken: set[str] | None = None) -> Outline:
    """The outline of a text; anchors in `taken` belong to other parts of the page."""
    anchors = set(taken or ())
    pieces = [Piece(block, _anchor(block, number, anchors)) for number, block in enumerate(body, 1)]
    return Outline(pieces, _entries(pieces), _expand(list(_rich_texts(body))))


def _anchor(block: StreamValue.StreamChild, number: int, taken: set[str]) -> str:
    if block.block_type == "heading":
        return unique_anchor(f"part-{number}", taken)
    if block.block_type == "article":
        return unique_anchor(article_anchor(block.value["number"]) or f"part-{number}", taken)
    return ""


def _entries(pieces: list[Piece]) -> list[Entry]:
    """The headings; where there are none, the articles when they are neither few nor many."""
    headings = [Entry(p.block.value["text"], p.anchor, int(p.block.value["level"])) for p in pieces if p.kind == "heading"]
    if headings:
        sections = [entry for entry in headings if entry.level == 2]
        return headings if len(headings) <= max(ARTICLES_LISTED) else sections or headings
    articles = [Entry(p.block.value["number"], p.anchor) for p in pieces if p.kind == "article"]
    return articles if len(articles) in ARTICLES_LISTED else []


def _rich_texts(value: Any) -> Iterator[str]:
    """The sources of all rich texts inside a value of whatever block."""
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _rich_texts(child.value)
    elif isinstance(value, TypedTable):
        for row in value.row_data:
            yield from (source for cell in row["values"] for source in _rich_texts(cell))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _rich_texts(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _rich_texts(part)


def _expand(sources: list[str]) -> dict[str, str]:
    """Finished HTML by source; all links of the text are looked up at once, however many blocks hold them."""
    linked = [source for source in dict.fromkeys(sources) if "linktype=" in source or "<embed" in source]
    expanded = expand_db_html(SEPARATOR.join(linked)).split(SEPARATOR) if linked else []
    return {source: source for source in sources} | dict(zip(linked, expanded, strict=True))
