"""Inputs of the editor's forms."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class TreeSelect(forms.Select):
    """A select of a tree; nodes that have others below them can be seen, not chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option, disabled for a branch."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        node = getattr(value, "instance", None)
        if node is not None and getattr(node, "has_children", False):
            option["attrs"]["disabled"] = True
        return option


class FilteredCheckboxes(forms.CheckboxSelectMultiple):
    """Many boxes to tick with a field above that narrows them down; without JavaScript simply the boxes."""

    template_name = "disclosure/admin/filtered_checkboxes.html"

    class Media:
        css: ClassVar = {"all": ["disclosure/admin/items.css"]}
        js: ClassVar = ["disclosure/admin/filtered_checkboxes.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the label of the narrowing field."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["filter_label"] = _("Find in this list")
        return context
