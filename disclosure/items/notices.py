"""Notices: from plain news to tender and land notices, whose fields and periods the law asks for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.items.base import DisclosureItem
from disclosure.items.forms import NoticeForm
from disclosure.items.kinds import Kind, NoticeCategory
from disclosure.items.notice_rules import notice_gaps, notice_warnings, problems_of
from disclosure.items.panels import NOTICE_PANELS


class NoticePage(DisclosureItem):
    """通知公告 of any category; `notice_rules` says what each category needs."""

    notice_kind = models.CharField(_("kind of notice"), max_length=30, choices=NoticeCategory.choices, default=NoticeCategory.NOTICE)
    period_start = models.DateField(_("period begins"), null=True, blank=True, help_text=_("First day of the publicity, consultation or sale of documents."))
    period_end = models.DateField(_("period ends"), null=True, blank=True)
    short_period_reason = models.TextField(_("reason for a shorter period"), blank=True)
    original = models.ForeignKey("disclosure.NoticePage", verbose_name=_("belongs to notice"), null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups")
    project_name = models.CharField(_("project"), max_length=200, blank=True)
    project_number = models.CharField(_("project number"), max_length=100, blank=True)
    funding_source = models.CharField(_("source of funds"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True)
    qualification = models.TextField(_("qualification asked of bidders"), blank=True)
    how_to_get = models.TextField(_("how to get the documents"), blank=True)
    deadline = models.DateTimeField(_("deadline for handing in"), null=True, blank=True)
    how_to_hand_in = models.TextField(_("how to hand in"), blank=True)
    platform_url = models.URLField(_("electronic platform"), blank=True)
    buyer = models.CharField(_("buyer or tenderer"), max_length=200, blank=True)
    agent = models.CharField(_("agent"), max_length=200, blank=True)
    supplier = models.CharField(_("supplier or winner"), max_length=200, blank=True)
    supplier_address = models.CharField(_("address of the supplier"), max_length=200, blank=True)
    candidates = models.TextField(_("candidates in order"), blank=True)
    main_subject = models.TextField(_("main subject"), blank=True, help_text=_("Name, specification, quantity, unit price, service."))
    experts = models.CharField(_("experts"), max_length=300, blank=True)
    event_on = models.DateField(
        _("day of the deciding event"), null=True, blank=True,
        help_text=_("Award, signing, evaluation report or approval: the limit for publishing counts from it."),
    )
    contact = models.TextField(_("contact"), blank=True)
    objection = models.TextField(_("how to object"), blank=True)
    place = models.CharField(_("place concerned"), max_length=200, blank=True)

    template = "disclosure/notice.html"
    base_form_class = NoticeForm
    content_panels = NOTICE_PANELS

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def kind_and_category(self) -> tuple[str, str]:
        """A notice of its category."""
        return Kind.NOTICE, self.notice_kind

    def clean(self) -> None:
        """What the category asks for, each error at its field."""
        super().clean()
        if problems := problems_of(self):
            raise ValidationError(problems)

    def publishing_gaps(self) -> dict[str, Any]:
        """What every item needs and what the category asks for besides."""
        return {**super().publishing_gaps(), **notice_gaps(self)}

    def warnings(self) -> list[Any]:
        """Those of every item, and what is late."""
        return [*super().warnings(), *notice_warnings(self)]

    @property
    def shown_fields(self) -> list[tuple[str, Any]]:
        """Label and value of every filled field that belongs to procurement, land and the like."""
        names = (
            "project_name", "project_number", "funding_source", "amount", "buyer", "agent", "supplier", "supplier_address", "candidates",
            "main_subject", "experts", "qualification", "how_to_get", "deadline", "how_to_hand_in", "platform_url", "place", "contact", "objection",
        )
        return [(str(self._meta.get_field(name).verbose_name), value) for name in names if (value := getattr(self, name))]
