"""How the editor's pages are laid out: content, metadata, settings; one list for each page type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel, PublishingPanel, TabbedInterface, get_form_for_model

from disclosure.items.forms import MaterialForm


class WarningsPanel(Panel):
    """What an inspector would find fault with in the item as it was saved last; shown only when there is something."""

    class BoundPanel(Panel.BoundPanel):
        """Bound to one item."""

        template_name = "disclosure/admin/warnings_panel.html"

        def is_shown(self) -> bool:
            """Only for a saved item with warnings."""
            return bool(self.warnings)

        @property
        def warnings(self) -> list[Any]:
            """The warnings in words."""
            return self.instance.warnings() if self.instance.pk else []


class KnownPanel(FieldPanel):
    """A field that the system fills in: to be read only, and shown once it has a value."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **{**kwargs, "read_only": True})

    class BoundPanel(FieldPanel.BoundPanel):
        """Bound to one item."""

        def is_shown(self) -> bool:
            """Only with a value."""
            return bool(super().is_shown() and getattr(self.instance, self.field_name))


class MaterialsPanel(InlinePanel):
    """The rows of materials with their own form; an InlinePanel has no argument for it."""

    def get_form_options(self) -> dict[str, Any]:
        """Those of every InlinePanel, with the form in its place."""
        options: dict[str, Any] = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        options["formsets"][self.relation_name]["form"] = get_form_for_model(self.db_field.related_model, MaterialForm, defer_required_on_fields=deferred)
        return options


def group(heading: Any, *names: str, collapsed: bool = False) -> MultiFieldPanel:
    """Fields under one heading, one below the other."""
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading, classname="collapsed" if collapsed else "")


def row(*names: str) -> FieldRowPanel:
    """Fields beside each other."""
    return FieldRowPanel([FieldPanel(name) for name in names])


HEAD = [WarningsPanel(), FieldPanel("title"), FieldPanel("summary")]
TEXT = [FieldPanel("body"), InlinePanel("attachments", label=_("attachment"), heading=_("attachments"))]

ITEM_PANELS = [*HEAD, *TEXT]

NOTICE_PANELS = [
    WarningsPanel(),
    FieldPanel("notice_kind"),
    FieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("original", help_text=_("For corrections and results: the notice that this one follows.")),
    MultiFieldPanel([row("period_start", "period_end"), FieldPanel("short_period_reason"), row("event_on", "deadline")], heading=_("Dates and periods")),
    MultiFieldPanel(
        [
            row("project_name", "project_number"), row("funding_source", "amount"), FieldPanel("main_subject"), FieldPanel("qualification"),
            FieldPanel("how_to_get"), FieldPanel("how_to_hand_in"), FieldPanel("platform_url"), row("buyer", "agent"),
            row("supplier", "supplier_address"), FieldPanel("candidates"), FieldPanel("experts"),
        ],
        heading=_("Tender, procurement and consultation"), classname="collapsed",
    ),
    group(_("Place, contact and objection"), "place", "contact", "objection", collapsed=True),
    *TEXT,
]

POLICY_PANELS = [
    *HEAD,
    MultiFieldPanel(
        [
            FieldPanel("document_number", help_text=_("For example 阳政发〔2026〕3号; orders: 令第3号.")),
            row("genre", "signed_on"), FieldPanel("issuer"), row("is_normative", "registration_number"),
        ],
        heading=_("Document"),
    ),
    MultiFieldPanel([row("effective_on", "lapses_on"), FieldPanel("validity")], heading=_("Validity")),
    InlinePanel("acts", label=_("relation to another document"), heading=_("relations to other documents"), panels=[row("act", "earlier"), FieldPanel("note")]),
    FieldPanel("no_interpretation_reason"),
    *TEXT,
]

INTERPRETATION_PANELS = [*HEAD, MultiFieldPanel([FieldPanel("document"), row("form", "interpreter")], heading=_("Interpretation")), *TEXT]

ARTICLE_PANELS = [
    WarningsPanel(),
    FieldPanel("article_kind"),
    FieldPanel("title"),
    FieldPanel("summary"),
    MultiFieldPanel([row("person_name", "position", "rank"), FieldPanel("duties"), FieldPanel("photo")], heading=_("Leader"), classname="collapsed"),
    *TEXT,
]

GUIDE_PANELS = [
    *HEAD,
    MultiFieldPanel(
        [row("matter_type", "task_code"), FieldPanel("parent_matter"), row("for_people", "for_organisations"), FieldPanel("audience_note"), FieldPanel("life_events")],
        heading=_("The matter and for whom it is"),
    ),
    group(_("Conditions"), "conditions", "quantity_limit"),
    MultiFieldPanel(
        [FieldPanel("handling"), row("legal_time", "legal_unit"), row("promised_time", "promised_unit"), FieldPanel("special_steps")], heading=_("Time"),
    ),
    MaterialsPanel(
        "materials", label=_("material"), heading=_("materials"),
        panels=[FieldPanel("name"), row("copies", "form", "need"), row("source", "basis"), FieldPanel("note"), row("blank_form", "sample")],
    ),
    InlinePanel("steps", label=_("step"), heading=_("steps"), panels=[row("name", "time"), FieldPanel("text"), row("office", "result")]),
    MultiFieldPanel([FieldPanel("has_fee", widget=forms.RadioSelect), FieldPanel("fee"), FieldPanel("fee_basis")], heading=_("Fee")),
    MultiFieldPanel([row("result_name", "delivery")], heading=_("Result")),
    MultiFieldPanel([FieldPanel("ways"), FieldPanel("online_url"), row("place", "hours"), FieldPanel("visits")], heading=_("Where and when")),
    MultiFieldPanel([row("consult_phone", "complaint_phone"), FieldPanel("remedy")], heading=_("Questions and complaints")),
    InlinePanel("questions", label=_("frequent question"), heading=_("frequent questions"), panels=[FieldPanel("question"), FieldPanel("answer")]),
    *TEXT,
]

METADATA_PANELS = [
    MultiFieldPanel(
        [FieldPanel("catalogue_item"), FieldPanel("index_number"), FieldPanel("made_on"), KnownPanel("published_at"), FieldPanel("department", read_only=True)],
        heading=_("Index block"),
    ),
    MultiFieldPanel([FieldPanel("themes"), FieldPanel("tags")], heading=_("Subject")),
    MultiFieldPanel(
        [FieldPanel("drafting_department"), row("origin", "source_name"), FieldPanel("source_url"), FieldPanel("author")], heading=_("Where it comes from"),
    ),
    FieldPanel("legal_basis"),
    MultiFieldPanel([KnownPanel("import_source"), KnownPanel("import_id")], heading=_("Import"), classname="collapsed"),
]
VALIDITY_PANELS = [MultiFieldPanel([row("effective_on", "lapses_on"), FieldPanel("validity")], heading=_("Validity"))]
SETTINGS_PANELS = [FieldPanel("mode"), PublishingPanel()]


def tabs(content: list[Panel], metadata: list[Panel], settings: list[Panel], form: type) -> TabbedInterface:
    """The three tabs of an item's editor."""
    return TabbedInterface(
        [ObjectList(content, heading=_("Content")), ObjectList(metadata, heading=_("Metadata")), ObjectList(settings, heading=_("Settings"))], base_form_class=form,
    )
