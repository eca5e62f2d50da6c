"""Tags for the pages of items: rich text whose links were looked up beforehand, and small words about files and times."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText
from wagtail.templatetags.wagtailcore_tags import richtext

from disclosure.items.kinds import InterpretationForm

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: RichText | str) -> SafeString:
    """A rich text as HTML: from the page's outline where it was prepared with all others, else by itself. Other values are escaped."""
    if not isinstance(value, RichText):
        return format_html("{}", value if value is not None else "")
    outline = context.get("outline")
    ready = outline.prose.get(value.source) if outline else None
    return mark_safe(ready if ready is not None else richtext(value.source))


@register.filter
def lines(value: str) -> list[str]:
    """The lines of a plain text that aren't empty."""
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


@register.filter
def paragraphs(value: str) -> SafeString:
    """A plain text as paragraphs, one for each line, escaped."""
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines(value)))


@register.filter
def file_type(document: Any) -> str:
    """The type of a file in capitals, e.g. PDF; empty when its name has no ending."""
    return str(document.file_extension or "").upper()


@register.filter
def file_size(document: Any) -> int:
    """The size of a file in bytes, as noted at the upload or else from the file itself; 0 when the file can't be found."""
    try:
        return int(document.file_size or document.file.size)
    except (OSError, ValueError):
        return 0


@register.filter
def has_headings(table: Any) -> bool:
    """Whether any column of a table has a heading; a head row without words helps nobody."""
    return any(str(column["heading"] or "").strip() for column in table.columns)


@register.filter
def step_time(step: Any, guide: Any) -> str:
    """The time of a step in the unit of the guide's promised time; half days are kept."""
    amount = f"{step.time.normalize():f}"
    words = _("%(amount)s calendar days") if guide.promised_unit == "d" else _("%(amount)s working days")
    return words % {"amount": amount}


@register.filter
def form_words(interpretation: Any) -> str:
    """The form of an interpretation in words; a list knows it from its category."""
    category = interpretation.category
    return str(InterpretationForm(category).label) if category in InterpretationForm.values else ""
