"""The living style page: every component in its states, drawn by the templates the site itself uses."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from disclosure.items.kinds import Kind, LifeEvent, Validity

COLOURS = ("paper", "surface", "tint", "ink", "red", "blue", "green", "amber", "sun")
ICONS = (
    "search", "next", "ok", "lapsed", "repealed", "amended", "clock", "doc", "book", "printer", "phone", "pin", "do", "find", "ask", "baby", "school", "work", "marry",
    "home", "heal", "elder", "shop", "hukou", "hand", "farm", "farewell", "list", "mail", "alert", "sound", "size", "access", "moon", "sun", "contrast",
    "down", "link", "calendar", "check",
)


class Specimen(forms.Form):
    """A form with a field of each sort, bound to bad input on the style page."""

    title = forms.CharField(label=_("Title"), help_text=_("Ten to fifty characters."), min_length=10)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=LifeEvent.choices[:3], widget=forms.RadioSelect)
    department = forms.ChoiceField(label=_("Department"), choices=[("", "-"), ("minzheng", "县民政局")], required=False)
    text = forms.CharField(label=_("Description"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label=_("I have read the notes"))


def specimen_item(validity: str, now: dt.datetime) -> SimpleNamespace:
    """An item as a row shows it; not in the database."""
    return SimpleNamespace(
        title="阳光县既有住宅加装电梯补助办法", url="#row", kind=Kind.POLICY, category_label=Kind.POLICY.label, validity_now=validity,
        document_number="阳政规〔2024〕3号", department_name="阳光县人民政府", department=SimpleNamespace(name="阳光县人民政府"),
        published_at=now, summary="每台最高补助 20 万元。说明谁能申请、补多少、怎么领。",
    )


def specimens(now: dt.datetime) -> dict[str, Any]:
    """What the style page shows."""
    return {
        "colours": COLOURS, "icons": ICONS, "validities": Validity.values,
        "items": [specimen_item(value, now) for value in Validity.values],
        "facts": [(_("validity"), Validity.IN_FORCE.label), (_("document number"), "阳政规〔2024〕3号"), (_("index number"), "11990100MB0000001X/2024-00031")],
        "form": Specimen({"title": "太短", "occasion": "x"}), "empty_form": Specimen(),
        "page_obj": Paginator(range(400), 20).page(7),
        "crumbs": [{"title": _("Style page"), "url": ""}],
    }


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page `/styleguide/`, for staff and development; for others it doesn't exist."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "portal/styleguide.html", specimens(timezone.now()))
