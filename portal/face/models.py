"""The home page: good with nothing arranged, arranged by editors where they wish."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.face.blocks import HomeBlocks
from portal.face.home import HomeView
from portal.site.routing import ShortRoute


class HomePage(ShortRoute, Page):
    """The first page of the site; search first, then what people come for."""

    search_examples = models.CharField(
        _("examples for the search"), max_length=120, blank=True, help_text=_("Separated by commas, at most four. Leave empty to offer what was published last."),
    )
    arrangement = StreamField(HomeBlocks(), verbose_name=_("arrangement"), blank=True, help_text=_("Leave empty for the standard home page."))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("search_examples"), FieldPanel("arrangement")]
    template = "portal/home.html"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template shows: `home` reads each part when it is asked for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        name = self.title or settings.WAGTAIL_SITE_NAME
        column = {"name": "首页", "description": self.search_description or f"{name}政府信息公开平台首页", "keywords": f"{name},政务公开,政府信息公开", "type": "首页"}
        return {**context, "home": HomeView(timezone.now(), self.search_examples), "column": column, "nav": "home"}
