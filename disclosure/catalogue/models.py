"""The disclosure catalogue (目录事项) and, apart from it, the subject themes (主题分类)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disclosure.items.kinds import Mode

CODE = RegexValidator(r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$", _("A code has digits and letters, its parts are separated by dots, e.g. 20.11.3."))


class TreeQuerySet(models.QuerySet[Any]):
    """Nodes of a tree whose codes tell their place: 20.11.3 is below 20.11."""

    def within(self, code: str) -> "TreeQuerySet":
        """The node `code` and everything below it."""
        return self.filter(Q(code=code) | Q(code__startswith=f"{code}."))

    def having_had(self, code: str) -> "TreeQuerySet":
        """Nodes that bore `code` before they were moved."""
        return self.filter(former_codes__contains=f" {code} ")

    def tree_order(self) -> "TreeQuerySet":
        """Parents before children, siblings in their order."""
        return self.order_by("sort_path")


class TreeNode(models.Model):
    """A node of an editable tree with a stable code; `sort_path` keeps the tree's order in one column."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE], help_text=_("Stable; part of the address; never given to another item."))
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", verbose_name=_("below"), null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    sort_path = models.CharField(max_length=200, editable=False, db_index=True)
    depth = models.PositiveSmallIntegerField(editable=False, default=1)
    former_codes = models.TextField(editable=False, blank=True, default="", help_text=_("Codes it had before it was moved, each between two blanks."))

    objects = TreeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_path"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def nodes(cls) -> Any:
        """All nodes of this tree; untyped, since the manager of an abstract model is more than the type checker can follow."""
        return cls._default_manager

    def clean(self) -> None:
        """The code continues that of the parent, so that a subtree is one prefix, and was never another node's; no node stands below itself."""
        above = self.parent
        if above and self.pk and (above.pk == self.pk or above.sort_path.startswith(self.sort_path)):
            raise ValidationError({"parent": _("An item can't stand below itself.")})
        if above and not self.code.startswith(f"{above.code}."):
            raise ValidationError({"code": _("Below “%(parent)s” a code begins with %(code)s.") % {"parent": above, "code": f"{above.code}."}})
        if not above and "." in self.code:
            raise ValidationError({"code": _("A code with a dot needs an item that it stands below.")})
        former = self.nodes().having_had(self.code).exclude(pk=self.pk).first()
        if former:
            raise ValidationError({"code": _("This code belonged to “%(name)s” before; a code is never given to another item.") % {"name": former.name}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep place, depth and code in step with parent and order, for the node and all below it; a code given up is kept as a former one."""
        stored = self.nodes().filter(pk=self.pk).values("code", "sort_path").first() if self.pk else None
        if stored and stored["code"] != self.code:
            self.former_codes = f"{self.former_codes.rstrip() or ''} {stored['code']} "
        above = self.parent.sort_path if self.parent else ""
        # The last part of the code decides between siblings of the same order, so that no two nodes share a place.
        self.sort_path = f"{above}{self.order:05d}{self.code.rsplit('.', 1)[-1]}/"
        self.depth = self.parent.depth + 1 if self.parent else 1
        super().save(*args, **kwargs)
        if stored and (stored["sort_path"] != self.sort_path or stored["code"] != self.code):
            self._take_along(stored["code"])

    def _take_along(self, old_code: str) -> None:
        """Move the nodes below to the new place, with codes that continue the new one."""
        for child in self.nodes().filter(parent=self):
            child.parent = self
            if child.code.startswith(f"{old_code}."):
                child.code = self.code + child.code[len(old_code):]
            child.save()

    @property
    def padded_name(self) -> str:
        """The name, moved in by its depth, for choosers."""
        return "　" * (self.depth - 1) + self.name


class SubjectTheme(TreeNode):
    """One of the 22 subject themes or a second-level theme below it (standards §5.3)."""

    class Meta(TreeNode.Meta):
        verbose_name = _("subject theme")
        verbose_name_plural = _("subject themes")


class Channel(models.TextChoices):
    """公开渠道和载体: the check-list of the standard catalogues (standards §1.2); words of the form, not translated."""

    WEBSITE = "website", "政府网站"
    GAZETTE = "gazette", "政府公报"
    SOCIAL = "social", "两微一端"
    BRIEFING = "briefing", "发布会/听证会"
    BROADCAST = "broadcast", "广播电视"
    PRINT = "print", "纸质媒体"
    READING_POINT = "reading_point", "公开查阅点"
    SERVICE_CENTRE = "service_centre", "政务服务中心"
    CONVENIENCE_STATION = "convenience_station", "便民服务站"
    ON_SITE = "on_site", "入户/现场"
    NOTICE_BOARD = "notice_board", "社区/企事业单位/村公示栏（电子屏）"
    PUSH = "push", "精准推送"
    OTHER = "other", "其他"


class CatalogueItem(TreeNode):
    """An item of the disclosure catalogue; a leaf carries the columns of the standard table (standards §1.2)."""

    class Unit(models.TextChoices):
        """Unit of a time limit."""

        WORKING_DAYS = "wd", _("working days")
        DAYS = "d", _("days")

    class Audience(models.TextChoices):
        """公开对象."""

        EVERYBODY = "everybody", _("the whole of society")
        GROUP = "group", _("a specific group")

    class Cycle(models.TextChoices):
        """更新周期; `cycle_days` gives each in days."""

        AS_IT_ARISES = "", _("as it arises")
        FORTNIGHT = "fortnight", _("every two weeks")
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")
        HALF_YEAR = "half_year", _("every half year")
        YEAR = "year", _("every year")

    description = models.TextField(_("description"), blank=True, help_text=_("One or two sentences for citizens."))
    article = models.CharField(_("article of the Regulation"), max_length=60, blank=True)
    elements = models.TextField(_("content (elements)"), blank=True)
    basis = models.TextField(_("legal basis"), blank=True)
    limit_amount = models.PositiveSmallIntegerField(_("time limit"), null=True, blank=True, help_text=_("Empty: without delay, at the latest within 20 working days (Art. 26)."))
    limit_unit = models.CharField(_("unit of the time limit"), max_length=2, choices=Unit.choices, default=Unit.WORKING_DAYS)
    limit_from = models.CharField(_("time limit counts from"), max_length=60, blank=True)
    departments = models.ManyToManyField("portal.Department", verbose_name=_("responsible departments"), blank=True, related_name="catalogue_items")
    channels = models.JSONField(_("channels"), default=list, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    audience_note = models.CharField(_("which group"), max_length=100, blank=True)
    mode = models.CharField(_("mode of disclosure"), max_length=20, choices=Mode.choices, default=Mode.PROACTIVE)
    county_level = models.BooleanField(_("county level"), default=True)
    township_level = models.BooleanField(_("township level"), default=False)
    village_level = models.BooleanField(_("village level"), default=False)
    cycle = models.CharField(_("update cycle"), max_length=10, choices=Cycle.choices, default=Cycle.AS_IT_ARISES, blank=True)
    needs_basis = models.BooleanField(_("items must name their legal basis"), default=False)

    class Meta(TreeNode.Meta):
        verbose_name = _("catalogue item")
        verbose_name_plural = _("disclosure catalogue")

    @property
    def channel_labels(self) -> list[str]:
        """The channels in the order and words of the check-list; unknown keys are left out."""
        return [str(channel.label) for channel in Channel if channel.value in self.channels]
