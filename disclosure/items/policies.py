"""Policy documents, their relations to each other, and their interpretations."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from disclosure.items.base import DisclosureItem
from disclosure.items.document_number import check_document_number
from disclosure.items.kinds import DocumentGenre, InterpretationForm, Kind, Validity


class PolicyDocumentPage(DisclosureItem):
    """政策文件 (standards §5.2)."""

    genre = models.CharField(_("kind of document"), max_length=10, choices=DocumentGenre.choices, default=DocumentGenre.NOTICE)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=200, blank=True, help_text=_("As on the document; of several bodies the one whose number it carries comes first."))
    is_normative = models.BooleanField(_("administrative normative document"), default=False)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    no_interpretation_reason = models.CharField(_("why there is no interpretation"), max_length=200, blank=True)
    history = models.JSONField(_("history"), default=list, blank=True, editable=False)

    template = "disclosure/policy.html"

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")

    def kind_and_category(self) -> tuple[str, str]:
        """A policy document; normative ones are a category of their own."""
        return Kind.POLICY, "normative" if self.is_normative else "other_document"

    def fill_in(self) -> None:
        """For a document the date of making is the day on which it was signed (standards §5.2)."""
        if self.signed_on:
            self.made_on = self.signed_on
        super().fill_in()

    def clean(self) -> None:
        """The document number in its form; a normative file has dates that can lapse."""
        super().clean()
        if self.document_number:
            try:
                check_document_number(self.document_number)
            except ValidationError as error:
                raise ValidationError({"document_number": error}) from error
        if self.validity == Validity.REPEALED and not self.lapses_on:
            raise ValidationError({"lapses_on": _("Say from which day on it is repealed.")})


class PolicyRelation(Orderable):
    """One document does something to another; shown on both."""

    class Act(models.TextChoices):
        """What the later document does to the earlier one."""

        AMENDS = "amends", _("amends")
        REPEALS = "repeals", _("repeals")
        IMPLEMENTS = "implements", _("implements")

    later = ParentalKey(PolicyDocumentPage, on_delete=models.CASCADE, related_name="acts")
    act = models.CharField(_("does what"), max_length=10, choices=Act.choices)
    earlier = models.ForeignKey(PolicyDocumentPage, verbose_name=_("to which document"), on_delete=models.CASCADE, related_name="acted_on_by")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("relation to another document")
        verbose_name_plural = _("relations to other documents")
        constraints: ClassVar = [models.UniqueConstraint(fields=["later", "act", "earlier"], name="one_relation_each")]

    def clean(self) -> None:
        """No document acts on itself."""
        if self.earlier_id and self.earlier_id == self.later_id:
            raise ValidationError({"earlier": _("A document can't amend or repeal itself.")})


class InterpretationPage(DisclosureItem):
    """政策解读: explains a document and is shown beside it (standards §5.4)."""

    form = models.CharField(_("form"), max_length=10, choices=InterpretationForm.choices, default=InterpretationForm.TEXT)
    document = models.ForeignKey(PolicyDocumentPage, verbose_name=_("document explained"), null=True, blank=True, on_delete=models.SET_NULL, related_name="interpretations")
    interpreter = models.CharField(_("interpreted by"), max_length=100, blank=True)

    template = "disclosure/interpretation.html"

    class Meta:
        verbose_name = _("interpretation")
        verbose_name_plural = _("interpretations")

    def kind_and_category(self) -> tuple[str, str]:
        """An interpretation of its form."""
        return Kind.INTERPRETATION, self.form


def repeal_from(document: PolicyDocumentPage, act: str, day: dt.date) -> dict[str, Any]:
    """Fields of an earlier document that change when a later one of `day` does `act` to it; empty when none do."""
    if act == PolicyRelation.Act.REPEALS and document.validity != Validity.REPEALED:
        return {"validity": Validity.REPEALED, "lapses_on": min(filter(None, (document.lapses_on, day)))}
    if act == PolicyRelation.Act.AMENDS and document.validity == Validity.IN_FORCE:
        return {"validity": Validity.AMENDED}
    return {}
