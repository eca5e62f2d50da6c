"""Blocks from which editors arrange the home page."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkListBlock(blocks.StructBlock):
    """A heading with links below it."""

    heading = blocks.CharBlock(label=_("heading"), max_length=40)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("pages"), max_num=8)

    class Meta:
        icon = "link"
        label = _("links")
        template = "portal/blocks/link_list.html"


class SectionBlock(blocks.StructBlock):
    """The latest items of a column."""

    section = blocks.PageChooserBlock(label=_("column"), page_type="disclosure.SectionPage")
    count = blocks.IntegerBlock(label=_("number of items"), default=5, min_value=1, max_value=12)

    class Meta:
        icon = "list-ul"
        label = _("latest of a column")
        template = "portal/blocks/section.html"


class HomeBlocks(blocks.StreamBlock):
    """What may stand on the home page, in the order the editor gives it."""

    doors = blocks.StaticBlock(label=_("the three ways in"), icon="home", template="portal/blocks/doors.html")
    policies = blocks.StaticBlock(label=_("policies with interpretations"), icon="doc-full", template="portal/blocks/policies.html")
    latest = blocks.StaticBlock(label=_("latest by type"), icon="date", template="portal/blocks/latest.html")
    section = SectionBlock()
    links = LinkListBlock()
    catalogue = blocks.StaticBlock(label=_("disclosure catalogue"), icon="list-ol", template="portal/blocks/catalogue.html")
    departments = blocks.StaticBlock(label=_("departments"), icon="group", template="portal/blocks/departments.html")

    class Meta:
        required = False
        block_counts: ClassVar = {name: {"max_num": 1} for name in ("doors", "policies", "latest", "catalogue", "departments")}
