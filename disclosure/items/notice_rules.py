"""What each category of notice must hold, how long its period lasts at least, and when it is late (standards §8.1–8.3, §15 rows 40, 54, 55).

Required fields stand in code: law fixes them. Periods and limits are rows (`NoticeRule`) that a county may change, each with its
basis; where it has no row, the default below holds. A period is counted from the day after it begins (民法典 §201).
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from disclosure.items.kinds import NoticeCategory
from disclosure.items.publishing import gaps
from portal.calendar.store import load_calendar

if TYPE_CHECKING:
    from disclosure.items.notices import NoticePage

Category = NoticeCategory
PERIOD = ("period_start", "period_end")

# 发改委令第10号 and 政府采购: seven elements of a call (standards §8.1); “other” is left to the text.
SEVEN_ELEMENTS = (
    "project_name", "main_subject", "funding_source", "qualification", "how_to_get", "deadline", "how_to_hand_in", "buyer", "contact", "platform_url",
)
REQUIRED: dict[str, tuple[str, ...]] = {
    Category.TENDER: SEVEN_ELEMENTS,
    Category.PREQUALIFICATION: (*SEVEN_ELEMENTS, *PERIOD),
    Category.CORRECTION: ("original",),
    Category.CANDIDATES: ("project_name", "candidates", "objection", *PERIOD),
    # 政府采购法实施条例 §43
    Category.AWARD: ("project_name", "project_number", "buyer", "contact", "supplier", "supplier_address", "amount", "main_subject", "experts", "event_on"),
    Category.FAILED_TENDER: ("project_name", "project_number", "buyer", "contact"),
    # 政府采购法实施条例 §50
    Category.CONTRACT: ("project_name", "project_number", "buyer", "supplier", "amount", "event_on"),
    # 政府采购法实施条例 §38
    Category.SINGLE_SOURCE: ("project_name", "main_subject", "buyer", "supplier", "objection", "contact", *PERIOD),
    Category.PROCUREMENT_INTENT: ("project_name", "main_subject", "amount", "buyer"),
    # 重大行政决策程序暂行条例 §15
    Category.CONSULTATION: ("how_to_hand_in", *PERIOD),
    Category.CONSULTATION_RESULT: ("original",),
    # 土地管理法实施条例 §26, §27, §31
    Category.LAND_PRE_NOTICE: ("place", "contact", *PERIOD),
    Category.LAND_COMPENSATION: ("place", "how_to_hand_in", "objection", *PERIOD),
    Category.LAND_EXPROPRIATION: ("place", "contact", "event_on"),
    Category.LAND_SALE: ("place", "project_number", "how_to_get", "deadline", "contact"),
}
# A follow-up stands beside what it follows: correction to call, result to consultation.
FOLLOWS: dict[str, set[str]] = {
    Category.CONSULTATION_RESULT: {Category.CONSULTATION},
    Category.CORRECTION: {Category.TENDER, Category.PREQUALIFICATION, Category.AWARD, Category.SINGLE_SOURCE, Category.CANDIDATES, Category.LAND_SALE, Category.PROCUREMENT_INTENT},
}


class NoticeRule(models.Model):
    """A period or limit for notices of one category, with its basis and the day from which it holds."""

    class What(models.TextChoices):
        """What is limited."""

        PERIOD = "period", _("the period lasts at least")
        PUBLISH = "publish", _("published after the deciding event within")
        BEGIN = "begin", _("the period begins after the deciding event within")

    class Unit(models.TextChoices):
        """Unit of the amount."""

        WORKING_DAYS = "wd", _("working days")
        DAYS = "d", _("calendar days")

    category = models.CharField(_("kind of notice"), max_length=30, choices=NoticeCategory.choices)
    what = models.CharField(_("rule"), max_length=10, choices=What.choices)
    amount = models.PositiveSmallIntegerField(_("amount"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unit"), max_length=2, choices=Unit.choices, default=Unit.DAYS)
    reason_allows_less = models.BooleanField(_("less with a reason"), default=False, help_text=_("The period may be shorter when the notice says why."))
    basis = models.CharField(_("basis"), max_length=200)
    valid_from = models.DateField(_("valid from"), default=dt.date(2000, 1, 1), help_text=_("Periods that begin before this day keep the earlier rule."))

    class Meta:
        verbose_name = _("period for notices")
        verbose_name_plural = _("periods for notices")
        ordering: ClassVar = ["category", "what", "-valid_from"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["category", "what", "valid_from"], name="one_notice_rule_from_each_day")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.get_what_display()} {self.amount} {self.get_unit_display()}"

    def last_day(self, start: dt.date) -> dt.date:
        """The day on which `amount` units are over that are counted from the day after `start`."""
        if self.unit == self.Unit.WORKING_DAYS:
            return load_calendar().add_working_days(start, self.amount).date
        return start + dt.timedelta(days=self.amount)


What, Unit = NoticeRule.What, NoticeRule.Unit
DEFAULTS: tuple[tuple[str, str, int, str, str], ...] = (
    (Category.TENDER, What.PERIOD, 5, Unit.DAYS, "《中华人民共和国招标投标法实施条例》第十六条"),
    (Category.PREQUALIFICATION, What.PERIOD, 5, Unit.WORKING_DAYS, "《中华人民共和国政府采购法实施条例》第二十一条"),
    (Category.CANDIDATES, What.PERIOD, 3, Unit.DAYS, "《中华人民共和国招标投标法实施条例》第五十四条"),
    (Category.CANDIDATES, What.BEGIN, 3, Unit.DAYS, "《中华人民共和国招标投标法实施条例》第五十四条"),
    (Category.AWARD, What.PUBLISH, 2, Unit.WORKING_DAYS, "《中华人民共和国政府采购法实施条例》第四十三条"),
    (Category.CONTRACT, What.PUBLISH, 2, Unit.WORKING_DAYS, "《中华人民共和国政府采购法实施条例》第五十条"),
    (Category.SINGLE_SOURCE, What.PERIOD, 5, Unit.WORKING_DAYS, "《中华人民共和国政府采购法实施条例》第三十八条"),
    (Category.CONSULTATION, What.PERIOD, 30, Unit.DAYS, "《重大行政决策程序暂行条例》第十五条"),
    (Category.LAND_PRE_NOTICE, What.PERIOD, 10, Unit.WORKING_DAYS, "《中华人民共和国土地管理法实施条例》第二十六条"),
    (Category.LAND_COMPENSATION, What.PERIOD, 30, Unit.DAYS, "《中华人民共和国土地管理法实施条例》第二十七条"),
    (Category.LAND_EXPROPRIATION, What.PUBLISH, 15, Unit.WORKING_DAYS, "《中华人民共和国土地管理法实施条例》第三十一条"),
)


def default_rules() -> list[NoticeRule]:
    """The periods of the law as unsaved rows; only a consultation may be shorter with a reason."""
    return [
        NoticeRule(category=category, what=what, amount=amount, unit=unit, basis=basis, reason_allows_less=category == Category.CONSULTATION)
        for category, what, amount, unit, basis in DEFAULTS
    ]


def seed_notice_rules() -> int:
    """Add the rows of `default_rules` for whatever has no row yet and return how many; rows that a county has changed stay."""
    present = set(NoticeRule.objects.values_list("category", "what"))
    missing = [rule for rule in default_rules() if (rule.category, rule.what) not in present]
    return len(NoticeRule.objects.bulk_create(missing))


@dataclass(frozen=True)
class RuleBook:
    """The rules of one category on one day, by what they limit."""

    rules: dict[str, NoticeRule]

    @classmethod
    def of(cls, category: str, day: dt.date) -> "RuleBook":
        """The rows that hold on `day`, the latest of each kind; the defaults where the county has none."""
        rules = {rule.what: rule for rule in default_rules() if rule.category == category}
        for row in NoticeRule.objects.filter(category=category, valid_from__lte=day).order_by("valid_from"):
            rules[row.what] = row
        return cls(rules)


def problems_of(notice: "NoticePage") -> dict[str, Any]:
    """Errors by field that even a draft may not have: wrong order of days, too short a period, a wrong original."""
    return {**_period_problems(notice), **_original_problems(notice)}


def _period_problems(notice: "NoticePage") -> dict[str, Any]:
    start, end = notice.period_start, notice.period_end
    if end and not start:
        return {"period_start": _("Say when the period begins.")}
    if not start or not end:
        return {}
    if end < start:
        return {"period_end": _("The period ends before it begins.")}
    rule = RuleBook.of(notice.notice_kind, start).rules.get(What.PERIOD)
    if rule is None or end >= (earliest := rule.last_day(start)):
        return {}
    return _too_short(notice, rule, earliest)


def _too_short(notice: "NoticePage", rule: NoticeRule, earliest: dt.date) -> dict[str, Any]:
    """The error of a period that ends before `earliest`; none when the rule lets a reason stand for it and there is one."""
    facts = {"amount": rule.amount, "unit": rule.get_unit_display(), "day": date_format(earliest), "basis": rule.basis}
    if not rule.reason_allows_less:
        return {"period_end": _("The period lasts at least %(amount)s %(unit)s, so it ends on %(day)s at the earliest (%(basis)s).") % facts}
    if notice.short_period_reason.strip():
        return {}
    return {
        "period_end": _("The period lasts at least %(amount)s %(unit)s, so it ends on %(day)s at the earliest (%(basis)s). A shorter one needs its reason below.") % facts,
        "short_period_reason": _("Say why the period is shorter; the reason is published with the notice."),
    }


def _original_problems(notice: "NoticePage") -> dict[str, Any]:
    if not notice.original_id or not notice.original:
        return {}
    if notice.pk and notice.original_id == notice.pk:
        return {"original": _("A notice can't belong to itself.")}
    allowed = FOLLOWS.get(notice.notice_kind)
    if allowed and notice.original.notice_kind not in allowed:
        expected = ", ".join(str(Category(value).label) for value in NoticeCategory.values if value in allowed)
        return {"original": _("This kind of notice follows one of these: %(kinds)s.") % {"kinds": expected}}
    return {}


def notice_gaps(notice: "NoticePage") -> dict[str, Any]:
    """Fields that the category requires before publishing and that are empty: message by field."""
    return gaps(notice, REQUIRED.get(notice.notice_kind, ()))


def notice_warnings(notice: "NoticePage", day: dt.date | None = None) -> list[Any]:
    """What is late or missing beside the fields; lateness can't be undone, so it never stops a publication.

    `day` is the day of publication when the notice has none yet; today when it isn't given.
    """
    published = timezone.localdate(notice.published_at) if notice.published_at else day or timezone.localdate()
    found = [*_lateness(notice, published)]
    if notice.period_start and notice.period_start < published:
        found.append(_("The period began before the notice was published; what people had is shorter."))
    if notice.notice_kind == Category.CONSULTATION and notice.pk and not notice.attachments.exists():
        found.append(_("A consultation publishes the draft and its explanation: attach both."))
    return found


def _lateness(notice: "NoticePage", published: dt.date) -> list[Any]:
    if not notice.event_on:
        return []
    rules = RuleBook.of(notice.notice_kind, notice.event_on).rules
    found = []
    for what, day in ((What.PUBLISH, published), (What.BEGIN, notice.period_start)):
        rule = rules.get(what)
        if rule and day and day > (limit := rule.last_day(notice.event_on)):
            facts = {"day": date_format(limit), "amount": rule.amount, "unit": rule.get_unit_display(), "basis": rule.basis}
            found.append(_("The limit ended on %(day)s (%(amount)s %(unit)s, %(basis)s).") % facts)
    return found
