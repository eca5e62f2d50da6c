"""The home page: good with nothing arranged, arranged by editors where they wish."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.face.blocks import HomeBlocks
from portal.site.routing import ShortRoute


class HomePage(ShortRoute, Page):
    """The first page of the site; search first, then what people come for."""

    arrangement = StreamField(HomeBlocks(), verbose_name=_("arrangement"), blank=True, help_text=_("Leave empty for the standard home page."))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("arrangement")]
    template = "portal/home.html"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
