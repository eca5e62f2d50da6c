"""The freshness report in the admin: every leaf of every responsible department, the columns above, CSV and XLSX."""

from typing import Any, ClassVar

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from disclosure.catalogue.exports import BOM, safe_cell
from disclosure.catalogue.freshness import Duty, State, columns, duties, last_anywhere, thresholds, veto
from disclosure.catalogue.models import CatalogueItem
from portal.departments.models import Department

PERMISSION = "disclosure.view_catalogueitem"


def may_see_freshness(user: Any) -> bool:
    """Whoever may see the catalogue in the admin."""
    return not isinstance(user, AnonymousUser) and bool(user.has_perm(PERMISSION))


class FreshnessFilterSet(WagtailFilterSet):
    """By responsible department and by state; applied to a list, since states are reckoned and not stored."""

    department = django_filters.ModelChoiceFilter(queryset=Department.objects.all(), label=_("Responsible department"))
    state = django_filters.ChoiceFilter(choices=[(state.value, state.label) for state in State], label=_("State"))

    class Meta:
        model = CatalogueItem
        fields: ClassVar[list[str]] = []

    def chosen(self) -> dict[str, Any]:
        """The values in force; what doesn't exist is left out."""
        return {name: value for name, value in (self.form.cleaned_data if self.is_valid() else {}).items() if value}


class FreshnessReport(ReportView):
    """Worst first is a matter of the filter; the order is that of the catalogue."""

    page_title = _("Freshness")
    header_icon = "history"
    index_url_name = "freshness_report"
    index_results_url_name = "freshness_report_results"
    results_template_name = "disclosure/catalogue/admin/freshness_results.html"
    filterset_class = FreshnessFilterSet
    default_ordering = None
    export_filename = "freshness"
    columns: ClassVar = [
        Column("code", label=_("Code"), accessor="leaf.code"),
        Column("leaf", label=_("Catalogue item"), accessor="leaf.name"),
        Column("department", label=_("Responsible department"), accessor="department"),
        NumberColumn("total", label=_("Items")),
        Column("last", label=_("Last publication"), accessor=lambda duty: f"{duty.last:%Y-%m-%d}" if duty.last else ""),
        Column("due", label=_("Next due by"), accessor=lambda duty: f"{duty.due:%Y-%m-%d}" if duty.due else ""),
        Column("state", label=_("State"), accessor=lambda duty: duty.state.label),
    ]
    export_headings: ClassVar = {
        "leaf.code": _("Code"), "leaf.name": _("Catalogue item"), "department.name": _("Responsible department"), "total": _("Items"),
        "last": _("Last publication"), "due": _("Next due by"), "state.label": _("State"),
    }
    list_export: ClassVar = list(export_headings)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may not see the catalogue in the admin."""
        if not may_see_freshness(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """A filter set wants rows; ours filters the list itself."""
        return {**super().get_filterset_kwargs(), "queryset": CatalogueItem.objects.none()}

    def get_filtered_queryset(self) -> list[Duty]:
        """The duties that fit the filters."""
        chosen = self.filters.chosen()
        department = chosen.get("department")
        found = duties(timezone.localdate(), department=department.answering.slug if department else "")
        return [duty for duty in found if chosen.get("state") in (None, duty.state)]

    def to_row_dict(self, item: Duty) -> dict[str, Any]:
        """One line of the export; no cell is read as a formula."""
        return {name: safe_cell(value) for name, value in super().to_row_dict(item).items()}

    def stream_csv(self, queryset: list[Duty]) -> Any:
        """Begins with the byte order mark, so that Excel reads Chinese."""
        yield BOM.encode()
        yield from super().stream_csv(queryset)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the count of the inspection item “columns not updated”."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            day = timezone.localdate()
            found = columns(day)
            context["site_columns"] = [column for column in found if column.state != State.FRESH]
            context["veto"] = veto(found, last_anywhere(), day, thresholds())
        return context
