"""Turns the markup of the demo texts into blocks of a StreamField.

Lines: `## ` and `### ` headings; `第三条　…` an article with its following lines; `| a | b |` a table (`表：` its caption);
`- ` a list; `步骤：title｜text`; `问：` and `答：`; `> text ——source`; `![alt](picture)caption`; anything else is a paragraph.
Inside: `**bold**` and `[text](key)`, a link to another demo text.
"""

import re
from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import Any
from uuid import uuid4

ARTICLE = re.compile(r"^(第[一二三四五六七八九十百零]+条)[　 ]+(.*)$")
PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<name>[\w-]+)\)(?P<caption>.*)$")
LINK = re.compile(r"\[([^\]]+)\]\(([\w.-]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
MARKS = (
    ("## ", "heading"), ("### ", "heading"), ("|", "table"), ("表：", "table"), ("- ", "list"), ("步骤：", "steps"),
    ("问：", "questions"), ("答：", "questions"), ("> ", "quote"), ("![", "picture"),
)

Block = dict[str, Any]


class Markup:
    """Makes blocks; `page_id` and `picture_id` say which page or picture stands behind a key."""

    def __init__(self, page_id: Callable[[str], int], picture_id: Callable[[str], int]) -> None:
        self.page_id = page_id
        self.picture_id = picture_id

    def blocks(self, text: str) -> list[Block]:
        """The blocks of a whole text."""
        made: list[Block] = []
        for chunk in re.split(r"\n\s*\n", text.strip()):
            for kind, lines in groupby(_article_runs(chunk.splitlines()), key=lambda pair: pair[0]):
                made += self._make(kind, [line for _kind, line in lines])
        return made

    def rich(self, text: str) -> str:
        """One line as HTML: escaped, with bold and links."""
        html = BOLD.sub(r"<b>\1</b>", escape(text, quote=False))
        return LINK.sub(lambda found: f'<a linktype="page" id="{self.page_id(found[2])}">{found[1]}</a>', html)

    def _make(self, kind: str, lines: list[str]) -> list[Block]:
        makers: dict[str, Callable[[list[str]], list[Block]]] = {
            "heading": lambda rows: [{"type": "heading", "value": {"text": row.lstrip("# "), "level": str(row.count("#", 0, 4))}} for row in rows],
            "article": self._article, "table": self._table, "list": self._list, "steps": self._steps, "questions": self._questions,
            "quote": lambda rows: [_quote(row) for row in rows], "picture": lambda rows: [self._picture(row) for row in rows],
        }
        return makers[kind](lines) if kind in makers else [{"type": "paragraph", "value": self._paragraphs(lines)}]

    def _paragraphs(self, lines: list[str]) -> str:
        return "".join(f"<p>{self.rich(line.strip())}</p>" for line in lines if line.strip())

    def _article(self, lines: list[str]) -> list[Block]:
        """Articles; lines that don't begin a new one belong to the last."""
        parts: list[tuple[str, list[str]]] = []
        for line in lines:
            if found := ARTICLE.match(line):
                parts.append((found[1], [found[2]]))
            else:
                parts[-1][1].append(line)
        return [{"type": "article", "value": {"number": number, "text": self._paragraphs(texts)}} for number, texts in parts]

    def _table(self, lines: list[str]) -> list[Block]:
        caption = "".join(line.removeprefix("表：") for line in lines if line.startswith("表："))
        head, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("|")]
        if uneven := [row for row in rows if len(row) != len(head)]:
            raise ValueError(f"table “{caption}”: {len(head)} columns, but {uneven[0]}")
        columns = [{"type": "text", "heading": cell} for cell in head]
        return [{"type": "table", "value": {"columns": columns, "rows": [{"values": row} for row in rows], "caption": caption}}]

    def _list(self, lines: list[str]) -> list[Block]:
        points = "".join(f"<li>{self.rich(line.removeprefix('- '))}</li>" for line in lines)
        return [{"type": "paragraph", "value": f"<ul>{points}</ul>"}]

    def _steps(self, lines: list[str]) -> list[Block]:
        parts = [line.removeprefix("步骤：").partition("｜") for line in lines]
        return [{"type": "steps", "value": [_item({"title": title, "text": self._paragraphs([text])}) for title, _bar, text in parts]}]

    def _questions(self, lines: list[str]) -> list[Block]:
        made: list[dict[str, Any]] = []
        for line in lines:
            if line.startswith("问："):
                made.append({"question": line.removeprefix("问："), "answer": ""})
            else:
                made[-1]["answer"] += self._paragraphs([line.removeprefix("答：")])
        return [{"type": "questions", "value": [_item(pair) for pair in made]}]

    def _picture(self, line: str) -> Block:
        found = PICTURE.match(line)
        if not found:
            raise ValueError(f"picture line {line!r}")
        value = {"image": self.picture_id(found["name"]), "alt": found["alt"], "decorative": not found["alt"], "caption": found["caption"].strip()}
        return {"type": "picture", "value": value}


def _item(value: dict[str, Any]) -> Block:
    """A value of a ListBlock in its stored form; without an id Wagtail reads the wrapper as the value and drops what it holds."""
    return {"type": "item", "value": value, "id": str(uuid4())}


def _quote(line: str) -> Block:
    text, _dash, source = line.removeprefix("> ").partition("——")
    return {"type": "quote", "value": {"text": text.strip(), "source": source.strip()}}


def _kind(line: str) -> str:
    """What a line is, by how it begins."""
    if ARTICLE.match(line):
        return "article"
    return next((kind for mark, kind in MARKS if line.startswith(mark)), "paragraph")


def _article_runs(lines: list[str]) -> list[tuple[str, str]]:
    """Each line with its kind; plain lines after an article or an answer belong to it."""
    made: list[tuple[str, str]] = []
    for line in lines:
        kind = _kind(line)
        if kind == "paragraph" and made and made[-1][0] in ("article", "questions"):
            kind = made[-1][0]
        made.append((kind, line))
    return made
