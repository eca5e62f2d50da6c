"""What stood around a text on the page it was copied from, and is no part of it (page chrome)."""

import re
import unicodedata
from collections.abc import Iterable

# Characters that show nothing: zero width, direction marks, soft hyphen, byte order mark.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
# A page break of a scanned or copied text: an invisible character alone on its line, in the middle of a sentence.
PAGE_BREAK = re.compile(r"(?<=[\u4e00-\u9fff，、])\n[ \t\u3000]*[\u200b\ufeff]+[ \t\u3000]*\n(?=[\u4e00-\u9fff])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

# Each pattern must cover the whole line; a line that only holds such words among others stays.
LINES = re.compile(
    "|".join(
        (
            r"[【\[（(]?\s*(字体|字号)(大小)?\s*[:：]?\s*([\[【]?(特大|超大|大|小|中|默认)[】\]]?|[\s/|-])*[】\])）]*",
            r"([【\[]?\s*(打印(本页|本稿|此页)?|关闭(窗口|本页)?|收藏(本页)?|返回顶部|返回首页|复制链接|我要纠错|纠错|大字版|语音播报)\s*[】\]]?\s*[|｜/、]?\s*)+",
            r"(您?(当前|现在)?所?在?的?位置|当前位置)\s*[:：].*",
            r"分享(到|至)?\s*[:：]?\s*((新浪)?微博|微信|QQ(空间)?|朋友圈|[|｜、\s])*",
            r"(扫一扫|扫描二维码|用微信扫).{0,25}",
            r"关注\s*[·•]\s*.{2,20}",
            r"(浏览|访问|阅读|点击)(次数|量|数)\s*[:：]?\s*\d*\s*次?",
            r"(上|下)一(篇|条|页)\s*[:：]?.{0,120}",
            r"(-\s*){3,}|(\*\s*){3,}|(_\s*){3,}|(=\s*){4,}",
            r"-->|<!--",
        )
    )
)
COMMENT = re.compile(r"<!--.*?-->|\s*-->\s*$")
REPOSTED_MARK = re.compile(r"^[（(【\[](转载|转发|原文)[）)】\]]")
HEAD_LINES = 12
LONGEST_CHROME = 200
# A name or heading that is said twice above the text; sentences and items of a list are never repeats.
REPEATABLE = re.compile(r"[^。；，;,！？]{9,60}")


def visible(text: str) -> str:
    """The text without characters that show nothing; line ends are newlines, no-break spaces are spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = PAGE_BREAK.sub("", text)
    return CONTROL.sub("", INVISIBLE.sub("", text)).replace("\u00a0", " ")


def is_chrome(line: str) -> bool:
    """Whether the whole line is page chrome; a long line never is."""
    return len(line) <= LONGEST_CHROME and bool(LINES.fullmatch(line.strip(" \t\u3000")))


def bare(text: str) -> str:
    """The text for comparing: no blanks, full-width forms folded, without a mark that it was reposted."""
    return REPOSTED_MARK.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("(转载)", "（转载）"))


def without_chrome(lines: Iterable[str], title: str) -> list[str]:
    """The lines that belong to the text; repeats of the title at its beginning are left out as well."""
    kept: list[str] = []
    name = bare(title)
    seen: set[str] = set()
    for line in lines:
        text = (COMMENT.sub("", line) if "-->" in line else line).strip(" \t\u3000")
        if is_chrome(text):
            continue
        if len(seen) < HEAD_LINES and text:
            key = bare(text.lstrip("# "))
            if key == name or (key in seen and REPEATABLE.fullmatch(key)):
                continue
            seen.add(key)
        kept.append(text)
    return kept
