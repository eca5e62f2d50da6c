"""办事指南: what citizens need to know to get something done (standards §7.2)."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from disclosure.items.base import DisclosureItem
from disclosure.items.forms import GuideForm
from disclosure.items.guide_checks import NO_STEPS, guide_errors, guide_gaps, guide_warnings, step_problem
from disclosure.items.kinds import Kind
from disclosure.items.panels import GUIDE_PANELS


class TimeUnit(models.TextChoices):
    """Units of a promised or legal time."""

    WORKING_DAYS = "wd", _("working days")
    DAYS = "d", _("calendar days")


class MatterType(models.TextChoices):
    """事项类型 (standards §7.2)."""

    PERMIT = "行政许可", "行政许可"
    BENEFIT = "行政给付", "行政给付"
    CONFIRMATION = "行政确认", "行政确认"
    RULING = "行政裁决", "行政裁决"
    REWARD = "行政奖励", "行政奖励"
    OTHER_POWER = "其他行政权力", "其他行政权力"
    PUBLIC_SERVICE = "公共服务", "公共服务"
    PENALTY = "行政处罚", "行政处罚"
    COERCION = "行政强制", "行政强制"
    LEVY = "行政征收", "行政征收"
    INSPECTION = "行政检查", "行政检查"


FEE_CHOICES = [(None, _("not stated")), (True, _("yes")), (False, _("no, it is free"))]


class ServiceGuidePage(DisclosureItem):
    """A service guide; the checks of `guide_checks` run at every save. What a source left open, a fee above all, is None and shown as open."""

    class Handling(models.TextChoices):
        """办件类型."""

        ON_THE_SPOT = "on_the_spot", _("on the spot")
        PROMISED = "promised", _("within a promised time")

    matter_type = models.CharField(_("type of matter"), max_length=20, choices=MatterType.choices, default=MatterType.PUBLIC_SERVICE)
    task_code = models.CharField(_("implementation code"), max_length=60, blank=True)
    parent_matter = models.CharField(_("main item"), max_length=200, blank=True)
    for_people = models.BooleanField(_("for people"), default=True)
    for_organisations = models.BooleanField(_("for companies and organisations"), default=False)
    audience_note = models.CharField(_("who can apply"), max_length=200, blank=True)
    life_events = models.JSONField(_("life events"), default=list, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    quantity_limit = models.CharField(_("limit in number"), max_length=200, blank=True)
    legal_time = models.PositiveSmallIntegerField(_("legal time"), null=True, blank=True)
    legal_unit = models.CharField(_("unit of the legal time"), max_length=2, choices=TimeUnit.choices, default=TimeUnit.WORKING_DAYS)
    promised_time = models.PositiveSmallIntegerField(_("promised time"), null=True, blank=True)
    promised_unit = models.CharField(_("unit of the promised time"), max_length=2, choices=TimeUnit.choices, default=TimeUnit.WORKING_DAYS)
    handling = models.CharField(_("handling"), max_length=20, choices=Handling.choices, default=Handling.PROMISED)
    special_steps = models.TextField(_("steps whose time isn't counted"), blank=True, help_text=_("Hearing, expert review, inspection: name, time and basis of each."))
    has_fee = models.BooleanField(_("has a fee"), null=True, blank=True, choices=FEE_CHOICES)
    fee = models.CharField(_("fee"), max_length=300, blank=True)
    fee_basis = models.TextField(_("basis of the fee"), blank=True)
    result_name = models.CharField(_("result"), max_length=200, blank=True)
    delivery = models.CharField(_("how the result is handed over"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True)
    visits = models.PositiveSmallIntegerField(_("visits needed"), null=True, blank=True)
    ways = models.CharField(_("ways to apply"), max_length=200, blank=True, help_text=_("Counter, online, by courier."))
    online_url = models.URLField(_("online address"), max_length=500, blank=True)
    consult_phone = models.CharField(_("phone for questions"), max_length=100, blank=True)
    complaint_phone = models.CharField(_("phone for complaints"), max_length=100, blank=True)
    remedy = models.TextField(_("review and court"), blank=True)

    template = "disclosure/guide.html"
    base_form_class = GuideForm
    content_panels = GUIDE_PANELS

    class Meta:
        verbose_name = _("service guide")
        verbose_name_plural = _("service guides")

    def kind_and_category(self) -> tuple[str, str]:
        """A guide of its type of matter."""
        return Kind.GUIDE, self.matter_type

    def clean(self) -> None:
        """The consistency checks of standards §7.2, each error at its field."""
        super().clean()
        if errors := guide_errors(self):
            raise ValidationError(errors)

    def field_gaps(self) -> dict[str, Any]:
        """What every item needs and the mandatory fields of a guide, its steps aside."""
        return {**super().publishing_gaps(), **guide_gaps(self)}

    def publishing_gaps(self) -> dict[str, Any]:
        """All that is missing, and steps that don't fit into the promised time."""
        times = [step.time for step in self.steps.all()]
        problem = step_problem(self, times) if times else NO_STEPS
        return {**self.field_gaps(), **({"steps": problem} if problem else {})}

    def warnings(self) -> list[Any]:
        """Those of every item and those of its conditions and materials."""
        return [*super().warnings(), *guide_warnings(self, self.materials.all())]


class Need(models.TextChoices):
    """必要性 of a material."""

    __empty__ = _("not stated")

    REQUIRED = "required", _("required")
    OPTIONAL = "optional", _("not required")
    LATER = "later", _("may follow later")


class GuideMaterial(Orderable):
    """One thing to bring; what its source left open is None or empty. The editor's form presets what is usual (`forms.MaterialForm`)."""

    class Form(models.TextChoices):
        """类型 of a material."""

        __empty__ = _("not stated")

        ORIGINAL = "original", _("original")
        COPY = "copy", _("copy")
        BOTH = "both", _("original and copy")
        ELECTRONIC = "electronic", _("electronic")

    guide = ParentalKey(ServiceGuidePage, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("material"), max_length=300)
    copies = models.PositiveSmallIntegerField(_("copies"), null=True, blank=True)
    form = models.CharField(_("original or copy"), max_length=12, choices=Form.choices, blank=True)
    need = models.CharField(_("needed"), max_length=10, choices=Need.choices, blank=True)
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    note = models.CharField(_("how to fill it in"), max_length=300, blank=True)
    blank_form = models.ForeignKey("portal.PublicDocument", verbose_name=_("blank form"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sample = models.ForeignKey("portal.PublicDocument", verbose_name=_("sample"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.name


class GuideStep(Orderable):
    """One step of the procedure."""

    guide = ParentalKey(ServiceGuidePage, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("step"), max_length=100)
    text = models.TextField(_("what happens"), blank=True)
    time = models.DecimalField(
        _("time"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(Decimal(0))], help_text=_("In the unit of the promised time."),
    )
    office = models.CharField(_("responsible office"), max_length=100, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.name


class GuideQuestion(Orderable):
    """A frequent question."""

    guide = ParentalKey(ServiceGuidePage, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"))

    class Meta(Orderable.Meta):
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")

    def __str__(self) -> str:
        return self.question

