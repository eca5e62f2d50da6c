"""Anchors inside a document: 第三条 is found at #art-3, 第三条之一 at #art-3-1, whatever way the number is written."""

import re

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[〇零一二两三四五六七八九十百千\d]+"
ARTICLE = re.compile(rf"^第({NUMERAL})条(?:之({NUMERAL}))?$")


def read_numeral(text: str) -> int | None:
    """The number that `text` stands for, in digits or in Chinese numerals below ten thousand; None when it is neither."""
    if text.isdecimal():
        return int(text)
    if not any(char in UNITS for char in text):
        return _by_places(text)
    total, digit = 0, None
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            total += (1 if digit is None else digit) * UNITS[char]
            digit = None
        else:
            return None
    return total + (digit or 0)


def _by_places(text: str) -> int | None:
    """A number written digit by digit (二〇二); None when a character is no digit."""
    if not text or any(char not in DIGITS for char in text):
        return None
    return int("".join(str(DIGITS[char]) for char in text))


def article_anchor(number: str) -> str:
    """The anchor of an article by its number, without #; empty when the number can't be read."""
    found = ARTICLE.match(re.sub(r"\s", "", number))
    if not found:
        return ""
    parts = [read_numeral(part) for part in found.groups() if part]
    return "" if None in parts else "-".join(["art", *map(str, parts)])


def unique_anchor(anchor: str, taken: set[str]) -> str:
    """`anchor`, or with a running number when it is taken already (an annex may count its articles anew); notes it in `taken`."""
    candidate, number = anchor, 1
    while candidate in taken:
        number += 1
        candidate = f"{anchor}_{number}"
    taken.add(candidate)
    return candidate
