"""Entering the yearly notice: form, preview of exactly what changes, confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.calendar.changes import Plan, carry_out, plan_notice
from portal.calendar.forms import NoticeForm
from portal.calendar.store import load_calendar

PERMISSION = "portal.change_calendarday"


class NoticeView(WagtailAdminTemplateMixin, View):
    """One address for all three steps; nothing is kept between them but what the form carries."""

    page_title = gettext_lazy("Enter the yearly notice")
    header_icon = "calendar"
    template_name = "portal/calendar/notice.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not change the calendar."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, calendar, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy("calendar_day:index"), "label": _("Working-day calendar")},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form; `?year=` chooses the year."""
        year = request.GET.get("year", "")
        return self._page(NoticeForm.blank(timezone.localdate(), int(year) if year.isascii() and year.isdecimal() else None))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Preview what was entered; carry it out when it is what the last preview showed."""
        form = NoticeForm(request.POST, request.FILES)
        if not form.is_valid() or "back" in request.POST:
            return self._page(form)
        plan = plan_notice(form.notice, form.cleaned_data["year"], form.cleaned_data["source"], load_calendar())
        if form.cleaned_data["seen"] != plan.fingerprint:
            return self._preview(form, plan)
        written = carry_out(plan.changes)
        messages.success(request, ngettext("%(count)d day was entered.", "%(count)d days were entered.", written) % {"count": written})
        return redirect(f"{reverse('calendar_day:index')}?date__year={plan.year}")

    def _page(self, form: NoticeForm) -> TemplateResponse:
        return TemplateResponse(self.request, self.template_name, self.get_context_data(form=form))

    def _preview(self, form: NoticeForm, plan: Plan) -> TemplateResponse:
        """The preview; says so when the calendar changed since the one shown before."""
        if form.cleaned_data["seen"]:
            messages.warning(self.request, _("The calendar or your lines changed since the last preview. Please look again."))
        context = self.get_context_data(form=form, plan=plan, carried={**form.cleaned_data, "seen": plan.fingerprint})
        return TemplateResponse(self.request, "portal/calendar/preview.html", context)
