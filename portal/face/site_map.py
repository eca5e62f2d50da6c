"""The site map: every column, department page and guide that is open to everybody; items are left to lists and search."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from disclosure.items.columns import DepartmentIndexPage, DepartmentPage, OpenGuidePage, SectionPage


@dataclass
class Branch:
    """A page with the pages below it."""

    page: Page
    below: list["Branch"] = field(default_factory=list)


def branches(root: Page) -> list[Branch]:
    """The tree below `root` in its order, departments last; a page whose parent isn't shown hangs on the nearest one that is."""
    pages = Page.objects.live().public().descendant_of(root).type(SectionPage, DepartmentIndexPage, DepartmentPage, OpenGuidePage).order_by("path").specific(defer=True)
    top = Branch(root)
    line = [top]
    for page in pages:
        while not page.path.startswith(line[-1].page.path):
            line.pop()
        branch = Branch(page)
        line[-1].below.append(branch)
        line.append(branch)
    return sorted(top.below, key=lambda branch: isinstance(branch.page, DepartmentIndexPage))


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The page `/site-map/`."""
    site = Site.find_for_request(request)
    return render(request, "portal/site_map.html", {"branches": branches(site.root_page) if site else []})
