"""Blocks from which editors arrange the home page."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from disclosure.items.column_view import items_of
from disclosure.items.paging import latest


class LinkListBlock(blocks.StructBlock):
    """A heading with links below it."""

    heading = blocks.CharBlock(label=_("heading"), max_length=40)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("pages"), max_num=8)

    class Meta:
        icon = "link"
        label = _("links")
        template = "portal/blocks/link_list.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The pages that are published."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "pages": [page for page in value["pages"] if page and page.live]}


class SectionBlock(blocks.StructBlock):
    """The latest items of a column."""

    section = blocks.PageChooserBlock(label=_("column"), page_type="disclosure.SectionPage")
    count = blocks.IntegerBlock(label=_("number of items"), default=5, min_value=1, max_value=12)

    class Meta:
        icon = "list-ul"
        label = _("latest of a column")
        template = "portal/blocks/section.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The column and its newest public items; nothing while the column is not published."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        section = value["section"].specific if value["section"] else None
        shown = section is not None and section.live
        return {**context, "section": section if shown else None, "rows": latest(items_of(section), value["count"]) if shown else []}


class HomeBlocks(blocks.StreamBlock):
    """What may stand on the home page, in the order the editor gives it."""

    doors = blocks.StaticBlock(label=_("the three ways in"), icon="home", template="portal/blocks/doors.html")
    policies = blocks.StaticBlock(label=_("policies with interpretations"), icon="doc-full", template="portal/blocks/policies.html")
    latest = blocks.StaticBlock(label=_("latest by type"), icon="date", template="portal/blocks/latest.html")
    section = SectionBlock()
    links = LinkListBlock()
    catalogue = blocks.StaticBlock(label=_("disclosure catalogue"), icon="list-ol", template="portal/blocks/catalogue.html")
    leaders = blocks.StaticBlock(label=_("leaders"), icon="user", template="portal/blocks/leaders.html")
    departments = blocks.StaticBlock(label=_("departments"), icon="group", template="portal/blocks/departments.html")

    class Meta:
        required = False
        block_counts: ClassVar = {name: {"max_num": 1} for name in ("doors", "policies", "latest", "catalogue", "leaders", "departments")}
