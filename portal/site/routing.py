"""The way from an address to its page in one look-up, instead of two queries for every level of the tree."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult


class ShortRoute:
    """For the root page of a site: finds the page with exactly this address at once; anything else goes the usual way, level by level."""

    def route(self: Any, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page at `path_components`; raises Http404 when there is none or it isn't published."""
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc]
        address = f"{self.url_path}{'/'.join(path_components)}/"
        # The slug has an index, the whole address has none.
        page = Page.objects.filter(slug=path_components[-1], depth=self.depth + len(path_components), url_path=address).first()
        if page is None:
            return super().route(request, path_components)  # type: ignore[misc]
        return page.specific.route(request, [])
