"""Admin pages on which a department is renamed, closed or merged."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from portal.departments.forms import CloseForm, RenameForm, errors_onto
from portal.departments.models import Department

PERMISSION = "portal.change_department"


class ActView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """An act on one department: form, act, back to the department. Subclasses name form, words and log entry."""

    template_name = "portal/departments/act.html"
    header_icon = "group"
    explanation: ClassVar[Any]
    button: ClassVar[Any]
    done: ClassVar[Any]
    log_action: ClassVar[str]
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not change departments."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def department(self) -> Department:
        """The department of the address; 404 when there is none."""
        return get_object_or_404(Department, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """The department's name."""
        return self.department.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, departments, the department, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("department:index"), "label": _("Departments")},
            {"url": reverse("department:edit", args=[self.department.pk]), "label": str(self.department)},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Django's, and a copy of the department that a failed act may spoil."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        kwargs.pop("initial")  # the form takes them from the department
        return {**kwargs, "department": Department.objects.get(pk=self.department.pk)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Act; what the department refuses is shown at the field."""
        former = str(self.department.name)
        try:
            form.carry_out()
        except ValidationError as error:
            errors_onto(form, error)
            return self.form_invalid(form)
        log(instance=form.department, action=self.log_action, user=self.request.user, data={"former_name": former})
        messages.success(self.request, self.done % {"name": form.department.name})
        return redirect("department:edit", self.department.pk)


class RenameView(ActView):
    """改名."""

    form_class: type[forms.Form] = RenameForm
    page_title = gettext_lazy("Rename")
    explanation = gettext_lazy("The department's page takes the new name at once. What was published before keeps the name of its day, and the former name stays findable.")
    button = gettext_lazy("Rename")
    done = gettext_lazy("The department is now called “%(name)s”.")
    log_action = "yangguang.department.rename"


class CloseView(ActView):
    """撤销或并入."""

    form_class: type[forms.Form] = CloseForm
    page_title = gettext_lazy("Close or merge")
    explanation = gettext_lazy("What the department published stays where it is. The body that answers for it is named on its page.")
    button = gettext_lazy("Close")
    done = gettext_lazy("“%(name)s” is closed.")
    log_action = "yangguang.department.close"
