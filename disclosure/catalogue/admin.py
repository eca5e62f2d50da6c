"""What the admin shows of this part; imported by wagtail_hooks."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from disclosure.catalogue.freshness_admin import FreshnessReport, may_see_freshness
from disclosure.catalogue.tree_admin import CatalogueGroup

catalogue_group = CatalogueGroup()


@hooks.register("register_admin_viewset")
def register_trees() -> CatalogueGroup:
    """Catalogue and themes in the menu."""
    return catalogue_group


class FreshnessMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the report itself decides."""
        return may_see_freshness(request.user)


@hooks.register("register_reports_menu_item")
def register_freshness_item() -> FreshnessMenuItem:
    """Among the reports."""
    return FreshnessMenuItem(_("Freshness"), reverse("freshness_report"), name="freshness", icon_name="history", order=100)


@hooks.register("register_admin_urls")
def register_freshness_urls() -> list[URLPattern]:
    """The report and its part that is loaded anew when filters change."""
    return [
        path("reports/freshness/", FreshnessReport.as_view(), name="freshness_report"),
        path("reports/freshness/results/", FreshnessReport.as_view(results_only=True), name="freshness_report_results"),
    ]
