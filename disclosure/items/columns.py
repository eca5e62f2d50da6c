"""Pages that hold or list items: columns, department pages, the disclosure guide, articles."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.base import DisclosureItem
from disclosure.items.blocks import BodyBlocks
from disclosure.items.column_forms import SectionForm
from disclosure.items.column_view import column_context, open_guide_context
from disclosure.items.department_view import department_context, departments_context
from disclosure.items.kinds import ArticleCategory, ColumnType, Kind
from disclosure.items.panels import ARTICLE_PANELS
from portal.departments.models import Department


class ArticlePage(DisclosureItem):
    """A standing text: overview of the county, an organisation, a leader with duties, a rule, a report."""

    article_kind = models.CharField(_("kind of article"), max_length=20, choices=ArticleCategory.choices, default=ArticleCategory.OTHER)
    person_name = models.CharField(_("name of the leader"), max_length=40, blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    photo = models.ForeignKey("portal.PublicImage", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    rank = models.PositiveSmallIntegerField(_("order among leaders"), default=100)

    template = "disclosure/article.html"
    content_panels = ARTICLE_PANELS

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def kind_and_category(self) -> tuple[str, str]:
        """An article of its category."""
        return Kind.ARTICLE, self.article_kind


class SectionPage(Page):
    """A column (栏目): lists the items that fit its filter, wherever they were published; nothing is kept twice."""

    description = models.CharField(_("description"), max_length=300, help_text=_("Purpose and content; goes into the page head (ColumnDescription)."))
    keywords = models.CharField(_("keywords"), max_length=200, help_text=_("Separated by commas (ColumnKeywords)."))
    column_type = models.CharField(_("type of column"), max_length=20, choices=ColumnType.choices)
    kinds = models.JSONField(_("kinds shown"), default=list, blank=True)
    categories = models.JSONField(_("categories shown"), default=list, blank=True)
    catalogue_item = models.ForeignKey(CatalogueItem, verbose_name=_("catalogue item shown"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    department = models.ForeignKey(Department, verbose_name=_("department shown"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fresh_days = models.PositiveSmallIntegerField(
        _("new items at least every … days"), null=True, blank=True, help_text=_("News 14, notices and policies 180 (inspection indicators 2019); empty: no rule."),
    )

    base_form_class = SectionForm
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("description"), FieldPanel("keywords"), FieldPanel("column_type")], heading=_("What the column is for")),
        MultiFieldPanel(
            [FieldPanel("kinds"), FieldPanel("categories"), FieldPanel("catalogue_item"), FieldPanel("department")],
            heading=_("What it lists"), help_text=_("All conditions hold together. Without any the column only gathers the columns below it."),
        ),
        FieldPanel("fresh_days"),
    ]
    template = "disclosure/section.html"
    parent_page_types: ClassVar = ["portal.HomePage", "disclosure.SectionPage"]
    subpage_types: ClassVar = ["disclosure.SectionPage", "disclosure.OpenGuidePage"]

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Sub-columns and the list that the address asks for."""
        return {**super().get_context(request, *args, **kwargs), **column_context(self, request, timezone.localdate())}


class OpenGuidePage(Page):
    """公开指南 with the nine elements of Art. 12 and the date of its last review (standards §1.2)."""

    introduction = models.TextField(_("introduction"), blank=True)
    classification = models.TextField(_("classification of information"))
    arrangement = models.TextField(_("how the catalogue is arranged"))
    ways_to_get = models.TextField(_("ways to get information"))
    office_name = models.CharField(_("name of the office"), max_length=100)
    office_address = models.CharField(_("office address"), max_length=200)
    office_hours = models.CharField(_("office hours"), max_length=100)
    office_phone = models.CharField(_("phone"), max_length=60)
    office_fax = models.CharField(_("fax"), max_length=60)
    office_online = models.CharField(_("contact on the internet"), max_length=200)
    reviewed_on = models.DateField(_("last reviewed on"))
    body = StreamField(BodyBlocks(), verbose_name=_("further text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel(name) for name in ("classification", "arrangement", "ways_to_get")], heading=_("Information and how to get it")),
        MultiFieldPanel(
            [
                FieldPanel("office_name"), FieldPanel("office_address"), FieldPanel("office_hours"),
                FieldRowPanel([FieldPanel("office_phone"), FieldPanel("office_fax")]), FieldPanel("office_online"),
            ],
            heading=_("The office"), help_text=_("Art. 12 asks for each of these."),
        ),
        FieldPanel("reviewed_on"),
        FieldPanel("body"),
    ]
    template = "disclosure/open_guide.html"
    parent_page_types: ClassVar = ["portal.HomePage", "disclosure.SectionPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("disclosure guide")
        verbose_name_plural = _("disclosure guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The nine elements with their labels."""
        return {**super().get_context(request, *args, **kwargs), **open_guide_context(self, request)}


class DepartmentIndexPage(Page):
    """The list of departments and townships; the department pages stand below it."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    template = "disclosure/departments.html"
    max_count = 1
    parent_page_types: ClassVar = ["portal.HomePage"]
    subpage_types: ClassVar = ["disclosure.DepartmentPage"]

    class Meta:
        verbose_name = _("list of departments")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Departments by kind, those the reader looks for."""
        return {**super().get_context(request, *args, **kwargs), **departments_context(self, request, timezone.localdate())}


class DepartmentPage(Page):
    """The subtree of one department: its page, and below it everything it publishes."""

    department = models.OneToOneField(Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="page")
    introduction = StreamField(BodyBlocks(), verbose_name=_("introduction"), blank=True)

    # Duties and contacts are kept with the department itself, once; here only what the page adds.
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("department", read_only=True), FieldPanel("introduction")]
    template = "disclosure/department.html"
    parent_page_types: ClassVar = ["disclosure.DepartmentIndexPage"]
    subpage_types: ClassVar = [
        "disclosure.NoticePage", "disclosure.PolicyDocumentPage", "disclosure.InterpretationPage", "disclosure.ServiceGuidePage", "disclosure.ArticlePage",
    ]

    class Meta:
        verbose_name = _("department page")
        verbose_name_plural = _("department pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Duties, leaders, contact, newest items, guides and catalogue of the department."""
        return {**super().get_context(request, *args, **kwargs), **department_context(self, request, timezone.localdate())}
