"""Values as sources write them, turned into values as items keep them; each raises ValueError saying what is wrong."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

ZONE = ZoneInfo("Asia/Shanghai")
FULL_WIDTH = str.maketrans("０１２３４５６７８９：－／．（）", "0123456789:-/.()")
DATE = re.compile(
    r"^(?P<y>\d{4})(?:\s*年\s*|[-/.])(?P<m>\d{1,2})(?:\s*月\s*|[-/.])(?P<d>\d{1,2})\s*日?"
    r"(?:[T\s]*(?P<H>\d{1,2})[:时](?P<M>\d{1,2})分?(?::?(?P<S>\d{1,2})(?:\.\d+)?秒?)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?$"
)
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")
CHINESE_DATE = re.compile(r"^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$")
CHINESE_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
DAYS = re.compile(r"^(\d{1,4})(?:\.0+)?\s*(?:个?\s*)?(?:[（(]?\s*(工作日|自然日|日历日|日|天|个月)?\s*[）)]?)$")
ON_THE_SPOT = re.compile(r"^(即办|即时办结|当场办结|当日办结|即办件|即时|当场)")
YES = {"1", "true", "yes", "是", "y", "支持", "有", "需要"}
NO = {"0", "false", "no", "否", "n", "不支持", "无", "不需要"}
SEPARATORS = re.compile(r"[;；、,，|\n\t]+")


def as_text(value: Any) -> str:
    """The value as one string; lists are joined, whole numbers lose a decimal point that a spreadsheet gave them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "、".join(filter(None, (as_text(part) for part in value)))
    return str(value)


def as_datetime(value: Any) -> dt.datetime | None:
    """An aware time in Asia/Shanghai; a day alone is its midnight, nothing is None."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=ZONE) if value.tzinfo is None else value.astimezone(ZONE)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day, tzinfo=ZONE)
    text = as_text(value).translate(FULL_WIDTH).strip()
    if not text:
        return None
    try:
        return _read_time(text)
    except ValueError:
        raise ValueError(_("“%(text)s” is no date; write 2026-09-24 or 2026年9月24日.") % {"text": text[:60]}) from None


def _read_time(text: str) -> dt.datetime:
    if compact := COMPACT.match(text):
        return dt.datetime(*(int(part or 0) for part in compact.groups()), tzinfo=ZONE)  # type: ignore[misc,arg-type]
    if chinese := CHINESE_DATE.match(text):
        year = int("".join(str(CHINESE_DIGITS[char]) for char in chinese[1]))
        return dt.datetime(year, _small_number(chinese[2]), _small_number(chinese[3]), tzinfo=ZONE)
    found = DATE.match(text)
    if not found:
        raise ValueError(text)
    parts = {name: int(found[name] or 0) for name in "ymdHMS"}
    naive = dt.datetime(parts["y"], parts["m"], parts["d"], parts["H"], parts["M"], parts["S"], tzinfo=ZONE)
    if found["zone"]:
        zone = dt.datetime.strptime(found["zone"].replace("Z", "+0000").replace(":", ""), "%z").tzinfo
        return naive.replace(tzinfo=zone).astimezone(ZONE)
    return naive


def _small_number(text: str) -> int:
    """A Chinese number from 1 to 99."""
    tens, found, ones = text.rpartition("十")
    if not found:
        return CHINESE_DIGITS[text]
    return (CHINESE_DIGITS[tens] if tens else 1) * 10 + (CHINESE_DIGITS[ones] if ones else 0)


def as_date(value: Any) -> dt.date | None:
    """The day of a date or time; nothing is None."""
    moment = as_datetime(value)
    return moment.date() if moment else None


def as_days(value: Any) -> tuple[int, str] | None:
    """A time limit as amount and unit (`wd` working days, `d` calendar days): `180(工作日)`, `3个月`, `即办`; nothing is None."""
    text = as_text(value).translate(FULL_WIDTH).strip()
    if not text or text in ("无", "-", "/"):
        return None
    if ON_THE_SPOT.match(text):
        return 0, "wd"
    found = DAYS.match(text)
    if not found:
        raise ValueError(_("“%(text)s” is no time limit; write 20(工作日), 90(自然日) or 即办.") % {"text": text[:60]})
    amount, unit = int(found[1]), found[2] or "工作日"
    if unit == "个月":
        return amount * 30, "d"
    return amount, "wd" if unit == "工作日" else "d"


def as_list(value: Any) -> list[str]:
    """The parts of a list, or of a text that holds several parts between separators; blanks and repeats are left out."""
    parts = [as_text(part) for part in value] if isinstance(value, list | tuple) else SEPARATORS.split(as_text(value))
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def as_flag(value: Any) -> bool | None:
    """Yes or no as people write it; nothing is None, since silence is no answer."""
    text = as_text(value).strip().lower()
    if not text:
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueError(_("“%(text)s” is neither yes nor no.") % {"text": text[:60]})


def as_number(value: Any) -> int | None:
    """A whole number; nothing is None."""
    text = as_text(value).translate(FULL_WIDTH).strip()
    if not text:
        return None
    if not text.isdigit():
        raise ValueError(_("“%(text)s” is no whole number.") % {"text": text[:60]})
    return int(text)


def as_line(value: Any) -> str:
    """One line of text without blanks around it."""
    return re.sub(r"\s+", " ", as_text(value)).strip(" \u3000")
