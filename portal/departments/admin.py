"""What the admin shows of departments; imported by wagtail_hooks."""

from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from portal.departments.models import Department, DepartmentQuerySet
from portal.departments.signals import department_changed
from portal.departments.views import PERMISSION, CloseView, RenameView

NAMES = ("name", "short_name", "slug")
CONTACT = ("address", "hours", "phone", "fax", "email", "supervision_phone")


class DepartmentFilterSet(WagtailFilterSet):
    """By kind, and by whether the body is in office today."""

    in_office = django_filters.BooleanFilter(label=_("In office"), method="filter_in_office")

    class Meta:
        model = Department
        fields: ClassVar = ["kind", "in_office"]

    def filter_in_office(self, queryset: DepartmentQuerySet, _name: str, value: bool) -> DepartmentQuerySet:
        """Those in office today, or the others."""
        there = queryset.in_office(timezone.localdate())
        return there if value else queryset.exclude(pk__in=there.values("pk"))


class DepartmentIndexView(IndexView):
    """The list; former names are searched too."""

    def search_queryset(self, queryset: QuerySet[Department]) -> QuerySet[Department]:
        """Each body once, however many of its names fit."""
        found: QuerySet[Department] = super().search_queryset(queryset)
        return found.distinct() if self.is_searching else found


class DepartmentCreateView(CreateView):
    """One form that makes the department with its page, group and permission."""

    def save_instance(self) -> Department:
        """Save and tell those who keep something for each department; Wagtail holds the transaction."""
        department: Department = super().save_instance()
        department_changed.send(sender=Department, department=department)
        return department


class DepartmentEditView(EditView):
    """Everything but names and closing, which have pages of their own."""

    def save_instance(self) -> Department:
        """Save and tell, as above."""
        department: Department = super().save_instance()
        department_changed.send(sender=Department, department=department)
        return department

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's, and the two acts."""
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perm(PERMISSION):
            buttons += [
                Button(_("Rename"), url=reverse("department:rename", args=[self.object.pk]), icon_name="edit", priority=5),
                Button(_("Close or merge"), url=reverse("department:close", args=[self.object.pk]), icon_name="resubmit", priority=6),
            ]
        return buttons


class DepartmentDeleteView(DeleteView):
    """Deletes only what nothing hangs on, e.g. a department entered twice by mistake."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete; a department with a page or items is closed instead."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("“%(name)s” has a page or items and can't be deleted. Close it instead.") % {"name": self.object})
            return redirect("department:edit", self.object.pk)
        return response


def panels_for(new: bool) -> list[Panel]:
    """The form's groups. Once it is made, a department's names, address and end change only by an act with a date."""
    identity: list[Panel] = [FieldPanel(name, read_only=not new) for name in NAMES]
    if not new:
        identity.append(HelpPanel(_("To change the name, use “Rename” in the menu above: the former name is kept.")))
    life: list[Panel] = [FieldPanel("opened_on"), *([] if new else [FieldPanel("closed_on", read_only=True), FieldPanel("successor", read_only=True)])]
    return [
        MultiFieldPanel([*identity, FieldPanel("kind"), FieldPanel("credit_code"), FieldPanel("order")], heading=_("Name and number")),
        MultiFieldPanel([FieldPanel(name) for name in CONTACT], heading=_("How to reach it")),
        MultiFieldPanel([FieldPanel("head"), FieldPanel("duties")], heading=_("Head and duties")),
        MultiFieldPanel(life, heading=_("Opening and closing")),
    ]


class DepartmentViewSet(ModelViewSet):
    """Departments, townships and county offices."""

    model = Department
    name = "department"
    url_prefix = "departments"
    icon = "group"
    menu_label = _("Departments")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = DepartmentIndexView
    add_view_class = DepartmentCreateView
    edit_view_class = DepartmentEditView
    delete_view_class = DepartmentDeleteView
    filterset_class = DepartmentFilterSet
    search_fields: ClassVar = ["name", "short_name", "credit_code", "former_names__name"]
    search_backend_name = None
    ordering: ClassVar = ["order", "id"]
    list_per_page = 50
    list_export: ClassVar = ["name", "short_name", "kind", "credit_code", "address", "phone", "opened_on", "closed_on"]
    list_display: ClassVar = [
        "name",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("credit_code", label=_("Credit code"), sort_key="credit_code"),
        Column("phone", label=_("Phone")),
        DateColumn("closed_on", label=_("Closed on"), sort_key="closed_on"),
    ]

    def get_edit_handler(self) -> Any:
        """The form of a new department."""
        return ObjectList(panels_for(new=True)).bind_to_model(Department)

    @cached_property
    def _update_handler(self) -> Any:
        return ObjectList(panels_for(new=False)).bind_to_model(Department)

    def get_form_class(self, for_update: bool = False) -> Any:
        """The form without the fields that only an act changes, when `for_update`."""
        return (self._update_handler if for_update else self._edit_handler).get_form_class()

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """With the panels of an existing department."""
        view_kwargs: dict[str, Any] = super().get_edit_view_kwargs(panel=self._update_handler, **kwargs)
        return view_kwargs

    def get_urlpatterns(self) -> list[URLPattern]:
        """The usual ones and the two acts."""
        acts = [path("rename/<int:pk>/", RenameView.as_view(), name="rename"), path("close/<int:pk>/", CloseView.as_view(), name="close")]
        return [*super().get_urlpatterns(), *acts]


departments = DepartmentViewSet()


@hooks.register("register_admin_viewset")
def register_departments() -> DepartmentViewSet:
    """Departments in the admin menu."""
    return departments


@hooks.register("register_log_actions")
def register_acts(actions: Any) -> None:
    """Words for the acts in the history of a department."""
    actions.register_action(RenameView.log_action, _("Rename"), _("Renamed"))
    actions.register_action(CloseView.log_action, _("Close or merge"), _("Closed or merged"))
