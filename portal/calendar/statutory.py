"""Statutory holidays that follow from the law alone: used for years whose notice isn't out yet."""

import datetime as dt
from functools import lru_cache

# Days that follow the lunar calendar or the sun, Beijing time: Spring Festival (初一), Tomb Sweeping (清明), Dragon Boat (端午), Mid-Autumn (中秋).
# Computed once, not at run time: a wrong approximation of a new moon near midnight (2027, 2030) moves the festival by a day.
MOVABLE: dict[int, tuple[str, str, str, str]] = {
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
}
SATURDAY = 5


def is_weekend(day: dt.date) -> bool:
    """Whether `day` is a Saturday or Sunday."""
    return day.weekday() >= SATURDAY


@lru_cache(maxsize=64)
def statutory_days(year: int) -> frozenset[dt.date]:
    """Days off for all by 全国年节及纪念日放假办法 as of 2025 (Art. 2): 13 a year; only the six of fixed date when `year` isn't in MOVABLE."""
    fixed = {dt.date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    if year not in MOVABLE:
        return frozenset(fixed)
    spring, *others = (dt.date.fromisoformat(f"{year}-{text}") for text in MOVABLE[year])
    spring_days = {spring + dt.timedelta(days=shift) for shift in (-1, 0, 1, 2)}
    return frozenset(fixed | spring_days | set(others))


def works_by_rule(day: dt.date) -> bool:
    """Whether `day` would be a working day if no notice moved any: no weekend, no statutory day."""
    return not is_weekend(day) and day not in statutory_days(day.year)
