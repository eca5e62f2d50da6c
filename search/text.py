"""Chinese text as an index sees it: one way of writing, cut into overlapping pairs of characters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from opencc import OpenCC

BRACKETS = str.maketrans({"[": "〔", "]": "〕", "【": "〔", "】": "〕", "(": "〔", ")": "〕", "［": "〔", "］": "〕", "（": "〔", "）": "〕"})
CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
IS_CJK = re.compile(rf"[{CJK}]")
SURROGATES = re.compile(r"[\ud800-\udfff]")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """`text` in half width, lower case and simplified characters, without lone surrogates and control characters."""
    clean = SURROGATES.sub(" ", text).replace("\x00", " ")
    return str(_simplifier().convert(unicodedata.normalize("NFKC", clean).lower()))


def normalise_number(text: str) -> str:
    """A document or index number in one way of writing: one kind of bracket, no blanks, no leading zeros, no “第”."""
    one = re.sub(r"\s", "", normalise(text).translate(BRACKETS))
    return re.sub(r"〕第?0*(\d)", r"〕\1", one)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Each run of Chinese characters or of other letters and digits in normalised `text`, and whether it is Chinese."""
    for found in RUN.finditer(text):
        run = found.group()
        yield run, bool(IS_CJK.match(run))


def tokens(text: str) -> list[str]:
    """The tokens of normalised `text`: pairs of Chinese characters and the last one of each run; other words whole."""
    found: list[str] = []
    for run, chinese in runs(text):
        if chinese:
            found += map("".join, pairwise(run))
            found.append(run[-1])
        else:
            found.append(run)
    return found


def token_string(text: str) -> str:
    """The tokens of `text`, normalised, with blanks between: what the full-text table is given."""
    return " ".join(tokens(normalise(text)))


def folded(text: str) -> str:
    """`text` written as `normalise` does, but every character in its place: positions in it are positions in `text`."""
    single = (unicodedata.normalize("NFKC", char).lower() for char in text)
    narrow = "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))
    simplified = str(_simplifier().convert(SURROGATES.sub(" ", narrow)))
    return simplified if len(simplified) == len(text) else narrow
