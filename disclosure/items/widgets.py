"""Inputs of the editor's forms."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
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

    class Media:
        css: ClassVar = {"all": ["disclosure/admin/items.css"]}
        js: ClassVar = ["disclosure/admin/filtered_checkboxes.js"]

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """The boxes inside an element that the script finds, with the label of the field it adds."""
        boxes = super().render(*args, **kwargs)
        return format_html('<div class="filtered-checkboxes" data-filter-label="{}">{}</div>', _("Find in this list"), boxes)
