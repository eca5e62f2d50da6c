"""The two acts in a department's life that need a date: renaming, and closing or merging."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from portal.departments.models import Department


class RenameForm(forms.Form):
    """A new name; the former one stays findable unless it was only mistyped."""

    name = forms.CharField(label=_("New official name"), max_length=100)
    short_name = forms.CharField(label=_("New short name"), max_length=40)
    day = forms.DateField(label=_("Renamed on"), required=False, widget=AdminDateInput, help_text=_("The day of the decision. Items published before keep the former name."))
    mistyped = forms.BooleanField(label=_("Only a typing mistake is corrected; keep no former name"), required=False)

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"name": department.name, "short_name": department.short_name}})
        self.department = department

    def clean(self) -> dict[str, Any]:
        """A real renaming needs its day; no other body bears the name."""
        data = super().clean() or {}
        if not data.get("mistyped") and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say on which day it was renamed."))
        if Department.objects.filter(name=data.get("name")).exclude(pk=self.department.pk).exists():
            self.add_error("name", _("Another body bears this name."))
        return data

    def carry_out(self) -> None:
        """Rename, or correct; raises ValidationError when the body refuses."""
        data = self.cleaned_data
        if data["mistyped"]:
            self.department.correct_name(data["name"], data["short_name"])
        else:
            self.department.rename(data["name"], data["short_name"], data["day"])


class CloseForm(forms.Form):
    """The end of a body, and who answers for it from then on."""

    closed_on = forms.DateField(label=_("Closed on"), widget=AdminDateInput, help_text=_("The first day on which it is no longer in office."))
    successor = forms.ModelChoiceField(
        Department.objects.none(), label=_("Answered for by"), required=False, empty_label=_("nobody"),
        help_text=_("The body that took over the duties. Its editors may then work on what this one published."),
    )

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"closed_on": department.closed_on, "successor": department.successor_id}})
        self.department = department
        successors = self.fields["successor"]
        if isinstance(successors, forms.ModelChoiceField):
            successors.queryset = Department.objects.filter(Q(closed_on__isnull=True) | Q(pk=department.successor_id)).exclude(pk=department.pk)

    def carry_out(self) -> None:
        """Close; raises ValidationError when dates or successor don't fit."""
        self.department.close(self.cleaned_data["closed_on"], self.cleaned_data["successor"])


def errors_onto(form: forms.Form, error: ValidationError) -> None:
    """Show `error` at the fields of `form` it names, the rest above the form."""
    for name, problems in error.message_dict.items():
        form.add_error(name if name in form.fields else None, list(problems))
