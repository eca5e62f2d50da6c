"""统一社会信用代码: 18 characters, the last one a check digit (GB 32100-2015)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, position, 31) for position in range(17)]
PATTERN = re.compile(rf"[{ALPHABET}]{{18}}")


def check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17 (their weighted sum modulo 31)."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def validate_credit_code(value: str) -> None:
    """Raise ValidationError unless `value` is a well-formed code with the right check digit."""
    if not PATTERN.fullmatch(value):
        raise ValidationError(
            _("A unified social credit code has 18 characters, digits and capital letters without I, O, S, V and Z."),
            code="credit_code_form",
        )
    expected = check_digit(value[:17])
    if value[17] != expected:
        raise ValidationError(
            _("The last character is a check digit and doesn't fit: for this code it would be %(expected)s. Please compare with the certificate."),
            code="credit_code_check",
            params={"expected": expected},
        )
