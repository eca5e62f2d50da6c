"""Pages of this part that are no Wagtail pages: the list of all items, error reports, QR codes, site map, robots."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_GET, require_safe
from wagtail.models import Page

from disclosure.items import sitemaps
from disclosure.items.addresses import full_url, public_page
from disclosure.items.base import DisclosureItem
from disclosure.items.correction_form import CorrectionForm, new_token
from disclosure.items.corrections import CorrectionReport, client_address, may_report
from disclosure.items.kinds import Kind
from disclosure.items.listing import list_items, read_filters
from disclosure.items.qr import qr_svg

LARGEST_ID = 2**63 - 1


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """All public items with every filter."""
    listing = list_items(DisclosureItem.objects.public(), read_filters(request.GET), timezone.localdate())
    kind = listing.filters.kind
    title = str(Kind(kind).label) if kind else _("All published information")
    context = {
        "listing": listing,
        "title": title,
        "crumbs": [{"title": title, "url": ""}],
        "nav": {"guide": "services", "policy": "policies", "interpretation": "policies"}.get(kind, ""),
        "feeds": [{"title": title, "url": reverse("kind_feed", args=[kind]) if kind else reverse("site_feed")}],
    }
    return render(request, "disclosure/item_list.html", context)


def _page_of(value: str) -> Page | None:
    """The public page whose id stands in the address; None for anything else."""
    return public_page(int(value)) if value.isascii() and value.isdecimal() and len(value) < len(str(LARGEST_ID)) else None


@never_cache
def report_error(request: HttpRequest) -> HttpResponse:
    """The form of 我要纠错, about `?page=` or an address typed in."""
    page = _page_of(request.GET.get("page", ""))
    if request.method == "POST":
        return _receive(request, page)
    form = CorrectionForm(page, initial={"token": new_token(), "page_url": request.GET.get("address", "")[:500]})
    return _show_form(request, form)


def _receive(request: HttpRequest, page: Page | None) -> HttpResponse:
    """Store what was sent and lead to the thanks; what was typed stays when something is wrong."""
    form = CorrectionForm(page, request.POST)
    if not form.is_valid():
        return _show_form(request, form, 422)
    known = CorrectionReport.objects.filter(token=form.cleaned_data["token"]).exists()
    if not known and not may_report(client_address(request.META)):
        form.add_error(None, _("Many reports have come from your network within the hour. Please try again later, or call us."))
        return _show_form(request, form, 429)
    report = form.file(timezone.now())
    return redirect("report_error_done", token=report.token)


def _show_form(request: HttpRequest, form: CorrectionForm, status: int = 200) -> HttpResponse:
    title = _("Report an error on a page")
    context = {"form": form, "reported_page": form.page, "title": title, "crumbs": [{"title": title, "url": ""}]}
    return render(request, "disclosure/report_error.html", context, status=status)


@require_safe
@never_cache
def report_error_done(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Thanks with the number and the day by which somebody answers; the token is known only to who sent the report."""
    report = get_object_or_404(CorrectionReport.objects.select_related("page"), token=token)
    page = public_page(report.page_id) if report.page_id else None
    title = _("Thank you for your report")
    context = {"report": report, "reported_page": page, "title": title, "crumbs": [{"title": title, "url": ""}]}
    return render(request, "disclosure/report_error_done.html", context)


def _qr_etag(_request: HttpRequest, page_id: int) -> str | None:
    page = public_page(page_id) if page_id <= LARGEST_ID else None
    return f'"{page_id}-{hash_of(full_url(page))}"' if page else None


def hash_of(text: str) -> str:
    """A short name for a text, the same in every process."""
    return uuid.uuid5(uuid.NAMESPACE_URL, text).hex[:12]


@require_safe
@cache_control(public=True, max_age=86400)
@condition(etag_func=_qr_etag)
def page_qr(request: HttpRequest, page_id: int) -> HttpResponse:
    """The QR code of a public page's full address."""
    page = public_page(page_id) if page_id <= LARGEST_ID else None
    if page is None:
        raise Http404
    return HttpResponse(qr_svg(full_url(page)), content_type="image/svg+xml")


@require_GET
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the site map."""
    files = [{"location": entry.location, "last_mod": timezone.localtime(entry.changed_at) if entry.changed_at else None} for entry in sitemaps.index_entries()]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@require_GET
def sitemap_file(request: HttpRequest) -> HttpResponse:
    """One file of the site map."""
    entries = sitemaps.file_entries(request.GET.get("p", "1"))
    if entries is None:
        raise Http404
    urls = [{"location": entry.location, "lastmod": timezone.localtime(entry.changed_at) if entry.changed_at else None} for entry in entries]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


@require_GET
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What machines are asked to leave alone."""
    return HttpResponse(sitemaps.robots_text(), content_type="text/plain; charset=utf-8")
