"""Forms of the tree's admin."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from disclosure.catalogue.models import Channel, TreeNode
from disclosure.catalogue.moving import next_order, siblings


class NodeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the checker
    """A node of the tree, shown at its depth."""

    def label_from_instance(self, obj: TreeNode) -> str:
        """Code and name, moved in."""
        return f"{'　' * (obj.depth - 1)}{obj.code} {obj.name}"


class NodeForm(WagtailAdminModelForm):
    """A node of a tree; a new one, or one moved below another parent, comes last there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes = self._meta.model.nodes().tree_order()
        if self.instance.pk:
            nodes = nodes.exclude(sort_path__startswith=self.instance.sort_path)
        old = self.fields["parent"]
        self.fields["parent"] = NodeChoice(nodes, required=False, label=old.label, empty_label=_("at the top"), help_text=old.help_text)

    def save(self, commit: bool = True) -> Any:
        """Give the node its place before it is saved."""
        if not self.instance.pk or "parent" in self.changed_data:
            self.instance.order = next_order(type(self.instance), self.instance.parent)
        return super().save(commit)


class CatalogueItemForm(NodeForm):
    """A catalogue item, its channels as boxes of the check-list."""

    channels = forms.MultipleChoiceField(label=_("channels"), choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple)

    def clean(self) -> dict[str, Any]:
        """A limit says from when it counts; a specific group is named."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("limit_amount") is not None and not data.get("limit_from"):
            self.add_error("limit_from", _("Say from when the time limit counts."))
        if data.get("limit_amount") == 0:
            self.add_error("limit_amount", _("Leave this empty for “without delay”; a limit has at least one day."))
        if data.get("audience") == "group" and not data.get("audience_note"):
            self.add_error("audience_note", _("Say which group."))
        return data


class PlaceForm(forms.Form):
    """Where a node stands among its siblings."""

    before: ClassVar[NodeChoice]

    def __init__(self, *args: Any, node: TreeNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["before"] = NodeChoice(siblings(node), required=False, label=_("Place it after"), empty_label=_("first"))
