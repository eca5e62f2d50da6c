"""发文字号: 机关代字 + 〔year〕 + serial + 号 (standards §5.2)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,20}〔(19|20)\d{2}〕[1-9]\d{0,4}号\Z")
# Orders, proclamations and circulars of a government: 令第3号, 公告2026年第5号, 第3号.
ORDER = re.compile(r"^[\u4e00-\u9fff]{0,30}(令|公告|通告)((19|20)\d{2}年)?第[1-9]\d{0,4}号\Z|^第[1-9]\d{0,4}号(令|公告|通告)?\Z")
LOOSE = re.compile(r"^(?P<body>[\u4e00-\u9fff]{1,20})[\[〔【(（［](?P<year>\d{4})[\]〕】)）］]第?0*(?P<serial>\d{1,5})号\Z")


def suggestion(value: str) -> str:
    """The number as it should be written, when it can be told from `value`; else empty."""
    found = LOOSE.match(re.sub(r"\s", "", value))
    if not found or int(found["serial"]) == 0:
        return ""
    proper = f"{found['body']}〔{found['year']}〕{int(found['serial'])}号"
    return proper if NUMBER.match(proper) else ""


def check_document_number(value: str) -> None:
    """Raise ValidationError, saying what is wrong and how it is written rightly, unless `value` is a proper number."""
    if NUMBER.match(value) or ORDER.match(value):
        return
    if proper := suggestion(value):
        raise ValidationError(
            _("A document number has the year in six-corner brackets 〔〕 and a serial without leading zeros or “第”. Write: %(proper)s"),
            code="document_number", params={"proper": proper},
        )
    raise ValidationError(
        _("A document number has three parts: code of the body, year in 〔〕, serial with 号; for example 阳政发〔2026〕3号. Orders are written 令第3号."),
        code="document_number",
    )
