"""Plain text and Markdown of official documents as blocks: chapters, articles, paragraphs, lists and tables."""

import html
import re
from collections.abc import Iterator

from disclosure.importing.body import TAIL, Block, BodyBuilder, inline
from disclosure.importing.chrome import visible, without_chrome

DIGITS = "〇零一二三四五六七八九十百千两0-9０-９"
MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
PART = re.compile(rf"^第[{DIGITS}]+(分?编|章|部分)(?=[\s\u3000]|$)")
SECTION = re.compile(rf"^第[{DIGITS}]+节(?=[\s\u3000]|$)")
ARTICLE = re.compile(rf"^(第[{DIGITS}]+条(之[{DIGITS}]+)?)([\s\u3000：:]+|(?=[【（(])|$)(?P<text>.*)$", re.S)
FIRST_LEVEL = re.compile(r"^[一二三四五六七八九十]{1,3}、\s*\S")
SECOND_LEVEL = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]\s*\S")
BULLET = re.compile(r"^[-*•●▪]\s+(.+)$")
TABLE_LINE = re.compile(r"^\|.*\|$")
TABLE_RULE = re.compile(r"^\|[\s:|-]+\|$")
# A blank after the end of a sentence is what remains of a line break when text was flattened to one line.
FLATTENED = re.compile(r"(?<=[。！？：；”）]) +(?=[^\s])")
ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
SENTENCE_END = "。；;，,：:！!？?…、"
FLAT_LENGTH = 200
SHORT_FIRST, SHORT_SECOND = 45, 32


def blocks_of_text(text: str, title: str) -> list[Block]:
    """The blocks of a plain or Markdown text; repeats of `title` at its beginning are left out."""
    builder = BodyBuilder()
    add_text(builder, text, title)
    return builder.blocks()


def add_text(builder: BodyBuilder, text: str, title: str = "") -> None:
    """Add a plain or Markdown text to `builder`, line by line."""
    lines = without_chrome(split_lines(visible(text), title), title)
    table: list[str] = []
    for line in lines:
        if TABLE_LINE.match(line):
            table.append(line)
            continue
        if table:
            _add_table(builder, table)
            table = []
        if line:
            add_line(builder, line)
    if table:
        _add_table(builder, table)


def split_lines(text: str, title: str) -> Iterator[str]:
    """The lines of a text; one that was flattened to a single line is taken apart at its sentence ends."""
    if ENTITY.search(text):
        text = html.unescape(text)
    lines = text.split("\n")
    if sum(1 for line in lines if line.strip()) > 1 or len(text) < FLAT_LENGTH:
        yield from lines
        return
    text = text.strip()
    if title and text.startswith(f"{title} "):
        text = text[len(title) :]
    yield from FLATTENED.split(text)


def add_line(builder: BodyBuilder, line: str, rich: str = "") -> None:
    """Add one line as what it is; `rich` is the same line with marks, when they are known."""
    for recognise in (_markdown_heading, _division, _article, _numbered_heading, _bullet):
        if recognise(builder, line, rich):
            return
    if builder.in_article and TAIL.match(line):
        builder.end_article()
    builder.paragraph(rich or inline(line))


def _markdown_heading(builder: BodyBuilder, line: str, _rich: str) -> bool:
    found = MARKDOWN_HEADING.match(line)
    if not found:
        return False
    if not _article(builder, found[2], ""):
        builder.heading(found[2], 2 if len(found[1]) <= 2 and not SECTION.match(found[2]) else 3)
    return True


def _division(builder: BodyBuilder, line: str, _rich: str) -> bool:
    """编, 章 and 节 are headings when the line is short and no sentence."""
    for pattern, level in ((PART, 2), (SECTION, 3)):
        if pattern.match(line) and len(line) <= SHORT_FIRST and line[-1] not in SENTENCE_END:
            builder.heading(line, level)
            return True
    return False


def _article(builder: BodyBuilder, line: str, rich: str) -> bool:
    found = ARTICLE.match(line)
    if not found or len(found[1]) > 20:
        return False
    # Marks inside the line are kept when they don't reach into the number.
    tail = rich[len(found[1]) :].strip(" \u3000：:") if rich.startswith(found[1]) else inline(found["text"].strip())
    builder.article(found[1], tail)
    return True


def _numbered_heading(builder: BodyBuilder, line: str, _rich: str) -> bool:
    """`一、…` and `（一）…` are headings when short and no sentence; inside an article they are its items."""
    for pattern, level, limit in ((FIRST_LEVEL, 2, SHORT_FIRST), (SECOND_LEVEL, 3, SHORT_SECOND)):
        if pattern.match(line):
            inside = builder.in_article and level == 3
            if inside or len(line) > limit or line[-1] in SENTENCE_END or "。" in line:
                return False
            builder.heading(line, level)
            return True
    return False


def _bullet(builder: BodyBuilder, line: str, rich: str) -> bool:
    found = BULLET.match(line)
    if not found or rich:
        return False
    builder.list_item(inline(found[1]))
    return True


def _add_table(builder: BodyBuilder, lines: list[str]) -> None:
    """Lines between bars as a table; a single one is no table and stays text."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not TABLE_RULE.match(line)]
    if len(rows) > 1:
        builder.table(rows)
        return
    for line in lines:
        if not TABLE_RULE.match(line):
            builder.paragraph(inline(line))
