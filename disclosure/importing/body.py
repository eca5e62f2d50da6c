"""The text of an item while it is put together: blocks as the database keeps them."""

import html
import re
import uuid
from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]

HEADING_LIMIT = 200
PARAGRAPHS_PER_BLOCK = 40
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s()\"'<>]+)\)")
TAIL = re.compile(r"附件|附[:：]|公开方式[:：]|抄送[:：]|[一二三四五六七八九〇○零\d]{4}年[一二三四五六七八九十\d\s]{1,4}月[一二三四五六七八九十\d\s]{1,4}日$")


def new_block(kind: str, value: Any) -> Block:
    """A block with an identity of its own, as Wagtail writes it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def inline(text: str) -> str:
    """Plain or Markdown text of one line as rich text: bold and links become marks, all else is escaped."""
    escaped = html.escape(text, quote=False)
    if "**" in escaped:
        escaped = BOLD.sub(r"<b>\1</b>", escaped)
    if "](" in escaped:
        escaped = LINK.sub(r'<a href="\2">\1</a>', escaped)
    return escaped


class BodyBuilder:
    """Takes headings, paragraphs, articles, lists and tables one after the other; `blocks` gives the result."""

    def __init__(self) -> None:
        self._done: list[Block] = []
        self._prose: list[str] = []
        self._items: list[str] = []
        self._number = ""

    @property
    def in_article(self) -> bool:
        """Whether paragraphs go into an article (第X条) at the moment."""
        return bool(self._number)

    def heading(self, text: str, level: int) -> None:
        """A heading of level 2 or 3; one too long for a heading stays a paragraph."""
        if len(text) > HEADING_LIMIT:
            self.paragraph(inline(text))
            return
        self._close()
        self._done.append(new_block("heading", {"text": text, "level": str(level)}))

    def paragraph(self, rich: str) -> None:
        """A paragraph given as rich text."""
        self._close_list()
        self._prose.append(f"<p>{rich}</p>")
        if not self._number and len(self._prose) >= PARAGRAPHS_PER_BLOCK:
            self._close()

    def list_item(self, rich: str) -> None:
        """One item of a list without numbers."""
        self._items.append(f"<li>{rich}</li>")

    def ordered_list(self, items: Sequence[str]) -> None:
        """A numbered list, its items given as rich text."""
        self._close_list()
        self._prose.append("<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>")

    def article(self, number: str, rich: str) -> None:
        """An article of a document; what follows belongs to it until the next heading, article, table or tail."""
        self._close()
        self._number = number
        if rich:
            self._prose.append(f"<p>{rich}</p>")

    def end_article(self) -> None:
        """What follows stands below the articles: signature, date, list of attachments."""
        self._close()

    def table(self, rows: Sequence[Sequence[str]], caption: str = "") -> None:
        """A table whose first row is its head; short rows are filled up with empty cells."""
        self._close()
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        full = [[*row, *[""] * (width - len(row))] for row in rows]
        value = {
            "columns": [{"type": "text", "heading": heading} for heading in full[0]],
            "rows": [{"values": row} for row in full[1:]],
            "caption": caption,
        }
        self._done.append(new_block("table", value))

    def blocks(self) -> list[Block]:
        """All blocks from top to bottom."""
        self._close()
        return self._done

    def _close_list(self) -> None:
        if self._items:
            self._prose.append(f"<ul>{''.join(self._items)}</ul>")
            self._items = []

    def _close(self) -> None:
        self._close_list()
        rich = "".join(self._prose)
        if self._number:
            self._done.append(new_block("article", {"number": self._number, "text": rich}))
        elif rich:
            self._done.append(new_block("paragraph", rich))
        self._prose, self._number = [], ""
