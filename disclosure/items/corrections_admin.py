"""Reported errors in the admin: the disclosure office sees all, a department those about its pages."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from disclosure.items.corrections import CorrectionReport, ReportQuerySet


class ReportPolicy(ModelPermissionPolicy):
    """Whoever may change a page may answer what is reported about it; nobody adds a report here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """The model's own permission, or to see and answer a page to look after."""
        if action == "add":
            return False
        if super().user_has_permission(user, action):
            return True
        return action in ("view", "change") and bool(PagePermissionPolicy().user_has_permission(user, "change"))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Any of the above."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: CorrectionReport) -> bool:
        """As above, and the report is one the user may see."""
        return self.user_has_permission(user, action) and CorrectionReport.objects.visible_to(user).filter(pk=instance.pk).exists()


class ReportForm(WagtailAdminModelForm):
    """The answer; without one a report isn't handled."""

    class Meta:
        model = CorrectionReport
        fields: ClassVar = ["answer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer: Any = self.fields["answer"]
        answer.required = True
        answer.widget = forms.Textarea(attrs={"rows": 4})
        answer.help_text = _("What was corrected, or why nothing had to be. Saving marks the report as handled.")


class ReportFilterSet(WagtailFilterSet):
    """Open or handled, what is wrong, whose page."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=[("open", _("open")), ("handled", _("handled"))], method="filter_state", empty_label=_("all"))

    class Meta:
        model = CorrectionReport
        fields: ClassVar = ["state", "kind"]

    def filter_state(self, queryset: ReportQuerySet, _name: str, value: str) -> ReportQuerySet:
        """Those still open, or the others."""
        return queryset.filter(handled_at__isnull=value == "open")


class ReportIndexView(IndexView):
    """The reports the user may see, newest first."""

    def get_base_queryset(self) -> QuerySet[CorrectionReport]:
        """Narrowed to the user's pages, with what a line shows."""
        return CorrectionReport.objects.visible_to(self.request.user).select_related("page__disclosureitem__department", "handled_by")


class ReportEditView(EditView):
    """One report with its answer."""

    def get_queryset(self) -> QuerySet[CorrectionReport]:
        """Others' reports aren't found."""
        return CorrectionReport.objects.visible_to(self.request.user)

    def save_instance(self) -> CorrectionReport:
        """Note the answer with person and time."""
        report: CorrectionReport = self.form.instance
        report.handle(self.form.cleaned_data["answer"], self.request.user, timezone.now())
        return report


def department_of(report: CorrectionReport) -> str:
    """The department whose item is concerned; empty for other pages."""
    item = getattr(report.page, "disclosureitem", None)
    return str(item.department) if item else ""


class ReportViewSet(ModelViewSet):
    """我要纠错 in the admin's menu."""

    model = CorrectionReport
    name = "corrections"
    menu_label = _("Reported errors")
    menu_order = 260
    icon = "warning"
    add_to_admin_menu = True
    index_view_class = ReportIndexView
    edit_view_class = ReportEditView
    filterset_class = ReportFilterSet
    search_fields: ClassVar = ["text", "page_title", "page_url", "contact"]
    copy_view_enabled = False
    inspect_view_enabled = False
    ordering = "-received_at"
    list_per_page = 50
    list_display: ClassVar = [
        "page_title",
        Column("kind", label=_("What is wrong"), accessor="get_kind_display", sort_key="kind"),
        Column("department", label=_("Department"), accessor=department_of),
        DateColumn("received_at", label=_("Received"), sort_key="received_at"),
        Column("reply_due", label=_("Answer by"), accessor=lambda report: report.reply_due.date if report.is_open else ""),
        BooleanColumn("handled", label=_("Handled"), accessor=lambda report: not report.is_open),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name, read_only=True) for name in ("page_title", "page_url", "kind", "text", "contact", "received_at")], heading=_("Report"),
            ),
            MultiFieldPanel([FieldPanel("answer"), FieldPanel("handled_at", read_only=True), FieldPanel("handled_by", read_only=True)], heading=_("Answer")),
        ],
        base_form_class=ReportForm,
    )


register_permission_policy(CorrectionReport, ReportPolicy(CorrectionReport))


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    """Tell Wagtail."""
    return ReportViewSet()
