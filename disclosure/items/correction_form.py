"""The form of 我要纠错: what is wrong, in words, and a contact if the reader wishes an answer."""

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from disclosure.items.addresses import full_url
from disclosure.items.corrections import CorrectionReport

SHORTEST_TEXT = 4
REQUIRED = {"required": _("Fill this in.")}


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """One report; the token, made with the empty form, is what makes sending it twice the same as once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    class Meta:
        model = CorrectionReport
        fields = ("page_url", "kind", "text", "contact")
        labels = {
            "page_url": _("Address of the page"),
            "text": _("What is wrong, and where on the page?"),
            "contact": _("Phone or e-mail, if you would like an answer"),
        }
        help_texts = {
            "text": _("Copy the wrong words if you can. At most 2,000 characters."),
            "contact": _("Only the staff who correct the page see it."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5, "class": "input"}),
            "page_url": forms.TextInput(attrs={"class": "input"}),
            "contact": forms.TextInput(attrs={"class": "input", "autocomplete": "email"}),
        }
        error_messages = {"kind": {"required": _("Choose what is wrong.")}, "text": REQUIRED, "page_url": REQUIRED}

    def __init__(self, page: Page | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        kinds: Any = self.fields["kind"]
        kinds.choices = CorrectionReport.Kind.choices
        if page is not None:
            del self.fields["page_url"]

    def clean_text(self) -> str:
        """Ask for enough words to find the place."""
        text: str = self.cleaned_data["text"].replace("\x00", "").strip()
        if len(text) < SHORTEST_TEXT:
            raise forms.ValidationError(_("Please say a little more, so that we find the place."))
        return text

    def clean_page_url(self) -> str:
        """An address of this kind of site: a path, or http(s)."""
        address: str = self.cleaned_data["page_url"].replace("\x00", "").strip()
        try:
            parts = urlsplit(address)
        except ValueError:
            raise forms.ValidationError(_("This is no address. Copy it from the top of your browser.")) from None
        if not address.startswith("/") and parts.scheme not in ("http", "https"):
            raise forms.ValidationError(_("This is no address. Copy it from the top of your browser."))
        return address

    def clean_website(self) -> str:
        """Only programs fill in a field that people don't see."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty; it tells people and programs apart."))
        return ""

    def validate_unique(self) -> None:
        """Let a token that was used already through: `file` answers with the report it belongs to."""

    def file(self, now: dt.datetime) -> CorrectionReport:
        """The stored report; the one stored before when this form was sent already."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("kind", "text", "contact")}
        if self.page:
            values |= {"page_id": self.page.pk, "page_title": self.page.title, "page_url": full_url(self.page)[:500]}
        else:
            values["page_url"] = data["page_url"]
        report, _created = CorrectionReport.objects.get_or_create(token=data["token"], defaults={**values, "received_at": now})
        return report


def new_token() -> uuid.UUID:
    """A token for an empty form."""
    return uuid.uuid4()
