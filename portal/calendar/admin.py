"""What the admin shows of the calendar; imported by wagtail_hooks."""

from typing import Any, ClassVar

import django_filters
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Site

from portal.calendar.models import CalendarDay
from portal.calendar.signals import calendar_changed
from portal.calendar.store import load_calendar
from portal.calendar.views import PERMISSION, NoticeView
from portal.calendar.warning import years_without_notice
from portal.site.models import PortalSettings


class CalendarDayFilterSet(WagtailFilterSet):
    """By year, and working days or days off."""

    date__year = django_filters.NumberFilter(field_name="date", lookup_expr="year", label=_("Year"))

    class Meta:
        model = CalendarDay
        fields: ClassVar = ["date__year", "is_working", "provisional"]


class CalendarIndexView(IndexView):
    """The days, with a way to the yearly notice."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The notice first; single days are the exception."""
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(PERMISSION):
            buttons.insert(0, HeaderButton(_("Enter the yearly notice"), url=reverse("calendar_notice"), icon_name="calendar", priority=-10))
        return buttons


class _Announcing:
    """A single day changed by hand is told like a notice."""

    def save_instance(self) -> Any:
        """Save, then tell whoever listens."""
        day = super().save_instance()  # type: ignore[misc]
        calendar_changed.send(sender=CalendarDay, days=[day.date])
        return day


class CalendarCreateView(_Announcing, CreateView):
    """Adds one day."""


class CalendarEditView(_Announcing, EditView):
    """Changes one day."""


class CalendarDayViewSet(ModelViewSet):
    """The working-day calendar: days by year, single corrections, and the yearly notice."""

    model = CalendarDay
    name = "calendar_day"
    url_prefix = "calendar"
    icon = "calendar"
    menu_label = _("Working-day calendar")
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = CalendarIndexView
    add_view_class = CalendarCreateView
    edit_view_class = CalendarEditView
    filterset_class = CalendarDayFilterSet
    ordering = "-date"
    list_per_page = 62
    list_export: ClassVar = ["date", "is_working", "provisional", "source"]
    list_display: ClassVar = [
        "date",
        BooleanColumn("is_working", label=_("Working day"), sort_key="is_working"),
        BooleanColumn("provisional", label=_("Provisional")),
        Column("source", label=_("Source notice")),
    ]
    panels: ClassVar = [FieldPanel("date"), FieldPanel("is_working"), FieldPanel("source"), FieldPanel("provisional")]


calendar_days = CalendarDayViewSet()


@hooks.register("register_admin_viewset")
def register_calendar_days() -> CalendarDayViewSet:
    """The calendar in the admin menu."""
    return calendar_days


@hooks.register("register_admin_urls")
def register_notice_url() -> list[URLPattern]:
    """The page of the yearly notice."""
    return [path("calendar-notice/", NoticeView.as_view(), name="calendar_notice")]


class MissingNoticePanel(Component):
    """On the admin's first page: the holidays of these years are missing."""

    order = 50
    template_name = "portal/calendar/missing_panel.html"

    def __init__(self, years: list[int]) -> None:
        self.years = years

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The years."""
        return {"years": self.years}


@hooks.register("construct_homepage_panels")
def warn_of_missing_notice(request: HttpRequest, panels: list[Component]) -> None:
    """Warn those who can do something about it."""
    if not request.user.has_perm(PERMISSION):
        return
    site = Site.find_for_request(request)
    month = PortalSettings.for_site(site).calendar_warning_month if site else PortalSettings._meta.get_field("calendar_warning_month").default
    years = years_without_notice(load_calendar(), timezone.localdate(), month)
    if years:
        panels.append(MissingNoticePanel(years))
