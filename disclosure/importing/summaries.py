"""What can be told from title, text and facts of an imported item: its summary, its kind of document or notice."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from disclosure.importing.body import Block
from disclosure.importing.chrome import bare
from disclosure.items.kinds import DocumentGenre, NoticeCategory

LIMIT = 100
SHORTEST = 15
MARKS = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"^.+?[。！？!?]")
BRACKET_TAIL = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]\s*$")
UNITS = {"wd": "个工作日", "d": "个自然日"}
# By the last word of the title; the longer word is asked first (命令 before 令).
GENRES = {"命令": DocumentGenre.ORDER, "令": DocumentGenre.ORDER, **{genre.value: genre for genre in DocumentGenre if genre not in (DocumentGenre.OTHER, DocumentGenre.ORDER)}}
NOTICES = {"公示": NoticeCategory.PUBLICITY, "公告": NoticeCategory.ANNOUNCEMENT, "通告": NoticeCategory.ANNOUNCEMENT}


def first_sentence(blocks: Iterable[Block], title: str) -> str:
    """The first sentence of the text that says more than the title, at most 100 characters; empty when there is none."""
    for block in blocks:
        rich = block["value"] if block["type"] == "paragraph" else block["value"]["text"] if block["type"] == "article" else ""
        for part in rich.split("</p>"):
            text = html.unescape(MARKS.sub("", part)).strip()
            if len(text) < SHORTEST or bare(text) == bare(title) or text.endswith(("：", ":")):
                continue
            found = SENTENCE.match(text)
            sentence = found[0] if found else text
            return sentence if len(sentence) <= LIMIT else f"{sentence[: LIMIT - 1]}…"
    return ""


def guide_summary(own: Mapping[str, Any], body_in_charge: str) -> str:
    """The facts of a guide in one line: type of matter, times, who is in charge."""
    facts = [str(own.get("matter_type", ""))]
    for label, name in (("法定时限", "legal"), ("承诺时限", "promised")):
        if (amount := own.get(f"{name}_time")) is not None:
            facts.append(f"{label}{amount}{UNITS[own[f'{name}_unit']]}" if amount else f"{label}即办")
    if body_in_charge:
        facts.append(f"实施机构：{body_in_charge}")
    text = "，".join(filter(None, facts))
    return f"{text}。" if text and len(text) < LIMIT else text[:LIMIT]


def genre_of(title: str) -> str:
    """The kind of document by the end of its title: …的通知 is a 通知; 其他 when the title doesn't tell."""
    text = _core(title)
    return next((genre.value for word, genre in GENRES.items() if text.endswith(word)), DocumentGenre.OTHER.value)


def notice_kind_of(title: str) -> str:
    """The kind of notice by the end of its title; a plain notice when it doesn't tell."""
    text = _core(title)
    return next((kind.value for word, kind in NOTICES.items() if text.endswith(word)), NoticeCategory.NOTICE.value)


def _core(title: str) -> str:
    """The title without what stands in brackets at its end, e.g. （试行）."""
    return BRACKET_TAIL.sub("", title).strip()
