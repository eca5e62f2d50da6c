"""HTML of copied pages as blocks: headings, paragraphs with their links, lists and tables; layout is dropped."""

import re

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from disclosure.importing.body import Block, BodyBuilder
from disclosure.importing.chrome import HEAD_LINES, bare, is_chrome, visible
from disclosure.importing.plain_text import add_line

LOOKS_LIKE_HTML = re.compile(r"</(p|div|td|span|table|li|ul|h[1-6])>|<br\s*/?>|<p[\s>]|<table[\s>]", re.I)
DROPPED = ("script", "style", "noscript", "iframe", "form", "nav", "header", "footer", "aside", "button", "select", "input", "svg", "object", "embed", "title", "head")
CONTAINERS = frozenset(
    ["div", "p", "section", "article", "main", "body", "html", "center", "blockquote", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "td", "th", "tbody",
     "thead", "tfoot", "dl", "dt", "dd", "pre", "figure", "figcaption", "hr", "[document]", "fieldset", "address"]
)
INLINE_TAGS = {"a", "b", "strong", "i", "em", "sup", "sub"}
RENAMED = {"strong": "b", "em": "i"}
PARSER = "lxml"
HEADING = re.compile(r"^h([1-6])$")


def looks_like_html(text: str) -> bool:
    """Whether a text field holds HTML rather than plain text."""
    return bool(LOOKS_LIKE_HTML.search(text))


def blocks_of_html(source: str, title: str) -> list[Block]:
    """The blocks of a piece of HTML; repeats of `title` at its beginning are left out."""
    builder = BodyBuilder()
    add_element(builder, parse(source), title)
    return builder.blocks()


def parse(source: str) -> BeautifulSoup:
    """The tree of a piece of HTML, however badly it is written."""
    return BeautifulSoup(source, PARSER)


def add_element(builder: BodyBuilder, root: Tag, title: str = "") -> None:
    """Add everything that can be read inside `root` to `builder`."""
    for element in root.find_all(DROPPED):
        element.decompose()
    for comment in root.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    _Walker(builder, title).walk(root)


def rich_text(fragment: str) -> str:
    """A run of inline HTML with only the marks that an item's text may have; links only to addresses on the web."""
    clean = nh3.clean(fragment, tags=INLINE_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None)
    for old, new in RENAMED.items():
        clean = clean.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    clean = re.sub(r"<a>(.*?)</a>", r"\1", clean.replace("&nbsp;", " "), flags=re.S)
    return re.sub(r"[ \t\n\u3000]+", " ", clean).strip()


class _Walker:
    """Goes through the elements in reading order and gathers inline runs into lines."""

    def __init__(self, builder: BodyBuilder, title: str) -> None:
        self.builder = builder
        self.title = bare(title)
        self.run: list[str] = []
        self.lines_seen = 0

    def walk(self, element: Tag) -> None:
        """Add the children of `element`, block by block."""
        for child in element.children:
            if isinstance(child, NavigableString):
                self.run.append(str(child).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
            elif isinstance(child, Tag):
                self._tag(child)
        if element.name in CONTAINERS:
            self._flush()

    def _tag(self, tag: Tag) -> None:
        if tag.name == "br":
            self._flush()
        elif tag.name == "table":
            self._flush()
            self._table(tag)
        elif tag.name in ("ul", "ol"):
            self._flush()
            self._list(tag)
        elif heading := HEADING.match(tag.name):
            self._flush()
            self._heading(tag, int(heading[1]))
        elif tag.name in CONTAINERS:
            self._flush()
            self.walk(tag)
        elif tag.find(list(CONTAINERS)) or tag.find("br"):
            self.walk(tag)
        elif tag.name in INLINE_TAGS:
            self.run.append(str(tag))
        else:
            self.walk(tag)

    def _flush(self) -> None:
        if not self.run:
            return
        rich = visible(rich_text("".join(self.run)))
        self.run = []
        text = _plain(rich)
        if text and not is_chrome(text) and not self._is_title(text):
            add_line(self.builder, text, rich)

    def _is_title(self, text: str) -> bool:
        """Whether this line, near the beginning, only says the title again."""
        self.lines_seen += 1
        return self.lines_seen <= HEAD_LINES and bare(text) == self.title

    def _heading(self, tag: Tag, level: int) -> None:
        text = _text(tag)
        if text and not is_chrome(text) and not self._is_title(text):
            self.builder.heading(text, 2 if level <= 2 else 3)

    def _list(self, tag: Tag) -> None:
        """A flat list becomes one; a list that holds tables or lists is read in order instead."""
        items = tag.find_all("li", recursive=False)
        if not items or tag.find(["table", "ul", "ol", "div", "h1", "h2", "h3"]):
            self.walk(tag)
            return
        texts = [text for item in items if (text := visible(rich_text(item.decode_contents()))) and not is_chrome(_plain(text))]
        if tag.name == "ol" and texts:
            self.builder.ordered_list(texts)
        else:
            for text in texts:
                self.builder.list_item(text)

    def _table(self, tag: Tag) -> None:
        """A table of data; one used for layout (nested, or of one column) is read in order instead."""
        rows: list[list[Tag]] = [list(row.find_all(["td", "th"], recursive=False)) for row in tag.find_all("tr")]
        rows = [row for row in rows if row]
        if tag.find("table") or max((len(row) for row in rows), default=0) <= 1 or len(rows) < 2:
            for cell in [cell for row in rows for cell in row] if not tag.find("table") else [tag]:
                self.walk(cell)
                self._flush()
            return
        caption = tag.find("caption")
        self.builder.table(_grid(rows), _text(caption) if isinstance(caption, Tag) else "")


def _grid(rows: list[list[Tag]]) -> list[list[str]]:
    """Cells by row and column; a cell over several rows or columns is written where it begins, the rest stays empty."""
    grid: list[list[str]] = []
    hanging: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        for cell in row:
            _fill(line, hanging)
            start, width, height = len(line), _span(cell, "colspan"), _span(cell, "rowspan")
            line.extend([_text(cell), *[""] * (width - 1)])
            hanging.update(dict.fromkeys(range(start, start + width), height) if height > 1 else {})
        _fill(line, hanging)
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        grid.append(line)
    return grid


def _fill(line: list[str], hanging: dict[int, int]) -> None:
    """Step over columns that a cell of a row above still covers."""
    while hanging.get(len(line), 0) > 0 and len(line) < 200:
        # A cell that began in this very row has been written already; only those of rows above are stepped over.
        line.append("")


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value), 100)) if value.isdigit() else 1


def _text(tag: Tag) -> str:
    return re.sub(r"\s+", " ", visible(tag.get_text(" " if tag.find(["p", "br", "div"]) else ""))).strip(" \u3000")


def _plain(rich: str) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(rich, PARSER).get_text()).strip(" \u3000") if "<" in rich or "&" in rich else rich
