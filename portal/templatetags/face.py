"""Tags and filters of the public face: `{% load face %}`."""

import datetime as dt
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from disclosure.items.kinds import Validity
from portal.face.chrome import Chrome, chrome_of

register = template.Library()

SIGNS = {
    Validity.IN_FORCE: ("sign-ok", "ok"),
    Validity.AMENDED: ("sign-warn", "amended"),
    Validity.LAPSED: ("", "lapsed"),
    Validity.REPEALED: ("sign-bad", "repealed"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon `name` of icons.svg; decorative, the words beside it carry the meaning."""
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', static("face/icons.svg"), name)


@register.simple_tag(takes_context=True)
def chrome(context: template.Context) -> Chrome | None:
    """Head and foot of this page; None where there is no request (the pages for faults)."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return None
    return chrome_of(request, context.get("page"), str(context.get("nav", "")))


@register.filter
def cn_date(value: dt.date | dt.datetime | None) -> str:
    """`2026年9月24日`, by the county's clock; empty for nothing."""
    if not value:
        return ""
    day = timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def cn_short_date(value: dt.date | dt.datetime | None) -> str:
    """`9月24日` in the current year, else with the year."""
    full = cn_date(value)
    return full.removeprefix(f"{timezone.localdate().year}年")


@register.filter
def cn_datetime(value: dt.datetime | None) -> str:
    """`2026年9月24日 15:20`, by the county's clock; empty for nothing."""
    if not value:
        return ""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{cn_date(moment)} {moment:%H:%M}"


@register.filter
def validity_sign(value: str) -> dict[str, Any]:
    """Class, icon and word of a validity; empty for an unknown one."""
    if value not in Validity.values:
        return {}
    css, symbol = SIGNS[Validity(value)]
    return {"css": css, "icon": symbol, "word": Validity(value).label}


@register.filter
def elided(page_obj: Any) -> list[Any]:
    """Page numbers to show, `…` for those left out."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1))


@register.filter
def weekday(value: dt.date) -> str:
    """The day of the week in words."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[value.weekday()]


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The widget in the look of the site's inputs; its own classes stay."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {own}".strip()})
