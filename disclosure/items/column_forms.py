"""Editor's form of a column: kinds and categories are ticked, not written as raw data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from disclosure.items.kinds import Kind
from disclosure.items.listing import CATEGORIES


def grouped_categories() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The categories of every kind, under the kind's name."""
    return [(label, list(CATEGORIES[kind])) for kind, label in Kind.choices]


class SectionForm(WagtailAdminPageForm):
    """Checks that the categories belong to the kinds, otherwise the column would stay empty for ever."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds shown"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple, required=False, help_text=_("Nothing ticked: all kinds."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories shown"), choices=grouped_categories, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Nothing ticked: all categories of the kinds above."),
    )

    def clean(self) -> dict[str, Any]:
        """Put an error at the categories that none of the ticked kinds has."""
        cleaned: dict[str, Any] = super().clean()
        kinds, categories = cleaned.get("kinds", []), cleaned.get("categories", [])
        possible = {value for kind in kinds for value, _label in CATEGORIES[kind]}
        if kinds and (lost := [value for value in categories if value not in possible]):
            labels = {value: str(label) for choices in CATEGORIES.values() for value, label in choices}
            names = "、".join(labels[value] for value in lost)
            self.add_error("categories", _("None of the ticked kinds has these categories: %(names)s.") % {"names": names})
        return cleaned
