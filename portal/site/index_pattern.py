"""The pattern of index numbers that a county sets; here, because site settings check it and `disclosure` fills it in."""

import re
import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What may stand after the colon of each part; widths are short, so that no pattern can ask for a huge number.
PARTS = {"code": re.compile(""), "year": re.compile(""), "serial": re.compile(r"(0[1-9]d?)?")}
LONGEST = 80
LARGEST_SERIAL = 99_999_999


def check_pattern(value: str) -> None:
    """Raise ValidationError unless `value` holds code, year and serial, each once, and gives at most 80 characters."""
    try:
        parts = [part[1:] for part in string.Formatter().parse(value) if part[1] is not None]
    except ValueError:
        parts = []
    well_formed = all(name in PARTS and PARTS[name].fullmatch(spec or "") and not conversion for name, spec, conversion in parts)
    if not well_formed or sorted(str(name) for name, *_rest in parts) != sorted(PARTS):
        raise ValidationError(_("A pattern holds {code}, {year} and {serial:05d}, each once."), code="index_pattern")
    if len(fill_pattern(value, "X" * 18, 2026, LARGEST_SERIAL)) > LONGEST:
        raise ValidationError(_("Index numbers made by this pattern would be longer than 80 characters."), code="index_pattern_long")


def fill_pattern(value: str, code: str, year: int, serial: int) -> str:
    """The index number of a body's credit code, a year and a serial number by the pattern `value`."""
    return value.format(code=code, year=year, serial=serial)
