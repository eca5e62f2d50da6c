"""The editor's forms: what a model can't check alone, because it concerns parent, children or the moment of publishing."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from disclosure.catalogue.models import CatalogueItem, SubjectTheme, TreeQuerySet
from disclosure.items.guide_checks import NO_STEPS, step_problem
from disclosure.items.kinds import LifeEvent
from disclosure.items.widgets import FilteredCheckboxes, TreeSelect


def catalogue_tree() -> TreeQuerySet:
    """The catalogue in tree order; `has_children` tells branches from leaves."""
    below = CatalogueItem.objects.filter(parent=OuterRef("pk"))
    return CatalogueItem.objects.annotate(has_children=Exists(below)).tree_order()


class CatalogueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A leaf of the catalogue; the branches above it are shown in tree order, moved in by their depth, and can't be chosen."""

    widget = TreeSelect

    def label_from_instance(self, obj: CatalogueItem) -> str:
        """The name, moved in by its depth."""
        return obj.padded_name

    def clean(self, value: Any) -> CatalogueItem | None:
        """The chosen item; raises ValidationError for a branch."""
        chosen = super().clean(value)
        if chosen is not None and chosen.has_children:
            raise ValidationError(_("“%(name)s” has items below it; choose one of those."), code="branch", params={"name": chosen.name})
        return chosen


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Subject themes as boxes to tick; a second-level theme shows the first-level one above it."""

    def label_from_instance(self, obj: SubjectTheme) -> str:
        """Both levels, joined as documents write them."""
        return f"{obj.parent.name}\\{obj.name}" if obj.parent else obj.name


class ItemForm(WagtailAdminPageForm):
    """What holds for every item: its department comes from where it stands, its index number stays, nothing is published incomplete or back-dated."""

    catalogue_item = CatalogueField(CatalogueItem.objects.all(), label=_("catalogue item"), help_text=_("The leaf of the disclosure catalogue that this belongs to."))
    themes = ThemesField(SubjectTheme.objects.all(), label=_("subject themes"), required=False, widget=FilteredCheckboxes())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("catalogue_item", catalogue_tree()), ("themes", SubjectTheme.objects.select_related("parent").tree_order())):
            if name in self.fields:
                self.fields[name].queryset = choices
        if not self.instance.department_id and self.parent_page is not None:
            self.instance.department = getattr(self.parent_page.specific, "department", None)
        if "index_number" in self.fields and self.instance.index_number:
            self.fields["index_number"].disabled = True
            self.fields["index_number"].help_text = _("Given once; it stays with this item.")

    def clean_index_number(self) -> str | None:
        """The number typed, None for none, so that the system gives one; raises ValidationError when another item has it."""
        number = (self.cleaned_data["index_number"] or "").strip() or None
        items = self._meta.model._meta.get_field("index_number").model._base_manager
        if number and items.filter(index_number=number).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another item has the index number %(number)s. Leave it empty and the system gives the next one."), code="unique", params={"number": number})
        return number

    def clean_go_live_at(self) -> Any:
        """The time of going live; raises ValidationError when it is set into the past, since a publication can't be back-dated."""
        moment = self.cleaned_data["go_live_at"]
        if moment and "go_live_at" in self.changed_data and moment < timezone.now():
            raise ValidationError(_("This time has passed. A publication can't be back-dated: leave it empty to publish now."), code="back_dated")
        return moment

    def _post_clean(self) -> None:
        super()._post_clean()
        self.check_children()
        if not self.is_deferred_validation:
            self.check_completeness(self.gaps())

    def gaps(self) -> dict[str, Any]:
        """What is missing for a publication: message by field."""
        return self.instance.publishing_gaps()

    def check_children(self) -> None:
        """Errors that concern the rows below; each page type adds its own."""

    def check_completeness(self, gaps: dict[str, Any]) -> None:
        """Put each gap at its field, unless that has an error already."""
        for name, message in gaps.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, message)

    def rows(self, relation: str) -> list[dict[str, Any]]:
        """What was typed into the rows of a relation, without the deleted and the invalid ones."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        formset.is_valid()
        return [form.cleaned_data for form in formset.forms if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")]


class MaterialForm(WagtailAdminModelForm):
    """A material of a guide: a new row starts with what is usual, a present one shows what it holds, also where that is nothing."""

    PRESETS: ClassVar[dict[str, Any]] = {"copies": 1, "form": "original", "need": "required"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.PRESETS.keys() & self.fields.keys():
            self.fields[name].initial = self.PRESETS[name]


class GuideForm(ItemForm):
    """A service guide: its steps fit into the promised time, and there are some before it is published."""

    life_events = forms.MultipleChoiceField(
        label=_("life events"), choices=LifeEvent.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Occasions under which people find this guide."),
    )

    def gaps(self) -> dict[str, Any]:
        """The gaps of the guide's own fields; its steps are checked as typed."""
        return self.instance.field_gaps()

    def check_children(self) -> None:
        """Put errors of the steps above them."""
        if "steps" not in self.formsets:
            return
        times = [row.get("time") for row in self.rows("steps")]
        if problem := step_problem(self.instance, times):
            self.formsets["steps"].non_form_errors().append(problem)
        if not times and not self.is_deferred_validation:
            self.formsets["steps"].non_form_errors().append(NO_STEPS)


class NoticeForm(ItemForm):
    """A notice; `notice_rules` says what its category asks for."""


class PolicyForm(ItemForm):
    """A policy document; while another one repeals or amends it, its validity follows from that and can't be typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.own_validity:
            for name in ("validity", "lapses_on"):
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = _("Follows from the document that amends or repeals this one.")

    def check_children(self) -> None:
        """No document acts on itself."""
        for form in self.formsets["acts"].forms if "acts" in self.formsets else []:
            earlier = form.cleaned_data.get("earlier") if form.is_valid() else None
            if earlier is not None and earlier.pk == self.instance.pk:
                form.add_error("earlier", _("A document can't amend or repeal itself."))
