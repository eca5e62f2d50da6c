"""Policy documents, their relations to each other, and their interpretations."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from disclosure.items.base import DisclosureItem
from disclosure.items.document_number import check_document_number
from disclosure.items.forms import PolicyForm
from disclosure.items.kinds import DocumentGenre, InterpretationForm, Kind, Validity
from disclosure.items.panels import INTERPRETATION_PANELS, POLICY_PANELS, SETTINGS_PANELS

# Validity as it stands, and the document's own one while others decide on it; `settle` keeps them in step.
SETTLED = ("validity", "lapses_on", "own_validity", "own_lapses_on")


class PolicyDocumentPage(DisclosureItem):
    """政策文件 (standards §5.2)."""

    genre = models.CharField(_("kind of document"), max_length=10, choices=DocumentGenre.choices, default=DocumentGenre.NOTICE)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=200, blank=True, help_text=_("As on the document; of several bodies the one whose number it carries comes first."))
    is_normative = models.BooleanField(_("administrative normative document"), default=False)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    no_interpretation_reason = models.CharField(_("why there is no interpretation"), max_length=200, blank=True)
    history = models.JSONField(_("history"), default=list, blank=True, editable=False)

    # What the document's own editor says of its validity, kept while other documents decide on it; empty when none do.
    own_validity = models.CharField(max_length=10, blank=True, editable=False)
    own_lapses_on = models.DateField(null=True, blank=True, editable=False)

    template = "disclosure/policy.html"
    base_form_class = PolicyForm
    content_panels = POLICY_PANELS
    settings_panels = SETTINGS_PANELS
    exclude_fields_in_copy: ClassVar = [*DisclosureItem.exclude_fields_in_copy, "own_validity", "own_lapses_on"]

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
        """The document number in its form; a repealed document has the day of it."""
        super().clean()
        if self.document_number:
            try:
                check_document_number(self.document_number)
            except ValidationError as error:
                raise ValidationError({"document_number": error}) from error
        if self.validity == Validity.REPEALED and not self.lapses_on:
            raise ValidationError({"lapses_on": _("Say from which day on it is repealed.")})

    def warnings(self) -> list[Any]:
        """Those of every item; a normative file is published with its interpretation or a reason for having none (standards §5.4)."""
        found = super().warnings()
        if self.is_normative and not self.no_interpretation_reason.strip() and not self.interpretations.filter(live=True).exists():
            found.append(_("A normative document is published together with its interpretation; give the reason when there is none."))
        if self.is_normative and not self.lapses_on and self.validity == Validity.IN_FORCE:
            found.append(_("A normative document says until when it holds, as a rule five years."))
        return found

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; whatever it does to other documents begins and ends with its being published."""
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None:
                for relation in self.acts.all():
                    settle(relation.earlier_id)
                if PolicyRelation.objects.filter(earlier_id=self.pk).exists():
                    settle(self.pk)
                    self.refresh_from_db(fields=SETTLED)
        return result

    def with_content_json(self, content: dict[str, Any]) -> "PolicyDocumentPage":
        """The document as a revision has it; a validity that other documents decide on stays as it is."""
        item: PolicyDocumentPage = super().with_content_json(content)
        for name in SETTLED if self.own_validity else ("own_validity", "own_lapses_on"):
            setattr(item, name, getattr(self, name))
        return item

    @property
    def acts_from(self) -> dt.date | None:
        """The day from which it acts on other documents: in force, else signed, else made."""
        return self.effective_on or self.signed_on or self.made_on


class PolicyRelation(Orderable):
    """One document does something to another; shown on both."""

    class Act(models.TextChoices):
        """What the later document does to the earlier one."""

        AMENDS = "amends", _("amends")
        REPEALS = "repeals", _("repeals")
        IMPLEMENTS = "implements", _("implements")

    DECISIVE = (Act.AMENDS, Act.REPEALS)

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
    content_panels = INTERPRETATION_PANELS

    class Meta:
        verbose_name = _("interpretation")
        verbose_name_plural = _("interpretations")

    def kind_and_category(self) -> tuple[str, str]:
        """An interpretation of its form."""
        return Kind.INTERPRETATION, self.form


def changed_by(validity: str, lapses_on: dt.date | None, act: str, day: dt.date | None) -> tuple[str, dt.date | None]:
    """Validity and last day of a document after a later one of `day` does `act` to it.

    A repeal never makes a document hold longer than it did; what has been repealed isn't amended.
    """
    if act == PolicyRelation.Act.REPEALS and validity != Validity.LAPSED:
        return Validity.REPEALED, min(filter(None, (lapses_on, day)), default=None)
    if act == PolicyRelation.Act.AMENDS and validity == Validity.IN_FORCE:
        return Validity.AMENDED, lapses_on
    return validity, lapses_on


def settle(document_id: int) -> None:
    """Make the validity of a document follow from its own one and from the published documents that act on it.

    Called whenever such a relation begins or ends; when none is left, the document has its own validity again.
    """
    document = PolicyDocumentPage.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        return
    acts = list(PolicyRelation.objects.filter(earlier=document, later__live=True, act__in=PolicyRelation.DECISIVE).select_related("later"))
    own = (document.own_validity, document.own_lapses_on) if document.own_validity else (document.validity, document.lapses_on)
    now: tuple[str, dt.date | None] = own
    for relation in sorted(acts, key=lambda one: one.act):
        now = changed_by(*now, relation.act, relation.later.acts_from)
    kept = own if acts else ("", None)
    if (document.validity, document.lapses_on, document.own_validity, document.own_lapses_on) != (*now, *kept):
        document.validity, document.lapses_on = now
        document.own_validity, document.own_lapses_on = kept
        document.save(clean=False, update_fields=SETTLED)


@receiver([post_save, post_delete], sender=PolicyRelation)
def settle_earlier(instance: PolicyRelation, **_kwargs: Any) -> None:
    """A relation came or went."""
    with transaction.atomic():
        settle(instance.earlier_id)
