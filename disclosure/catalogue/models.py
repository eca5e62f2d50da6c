"""The disclosure catalogue (目录事项) and, apart from it, the subject themes (主题分类)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE = RegexValidator(r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$", _("A code has digits and letters, its parts are separated by dots, e.g. 20.11.3."))


class TreeQuerySet(models.QuerySet[Any]):
    """Nodes of a tree whose codes tell their place: 20.11.3 is below 20.11."""

    def within(self, code: str) -> "TreeQuerySet":
        """The node `code` and everything below it."""
        return self.filter(Q(code=code) | Q(code__startswith=f"{code}."))

    def tree_order(self) -> "TreeQuerySet":
        """Parents before children, siblings in their order."""
        return self.order_by("sort_path")


class TreeNode(models.Model):
    """A node of an editable tree with a stable code; `sort_path` keeps the tree's order in one column."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE], help_text=_("Stable; never given to another item."))
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", verbose_name=_("below"), null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    sort_path = models.CharField(max_length=120, editable=False, db_index=True)
    depth = models.PositiveSmallIntegerField(editable=False, default=1)

    objects = TreeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_path"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The code must continue that of the parent, so that a subtree is one prefix."""
        if self.parent and not self.code.startswith(f"{self.parent.code}."):
            raise ValidationError({"code": _("Below “%(parent)s” a code begins with %(code)s.") % {"parent": self.parent, "code": f"{self.parent.code}."}})
        if not self.parent and "." in self.code:
            raise ValidationError({"code": _("A code with a dot needs an item that it stands below.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep place and depth in step with parent and order, for the node and all below it."""
        above = self.parent.sort_path if self.parent else ""
        before = self.sort_path
        self.sort_path = f"{above}{self.order:05d}/"
        self.depth = self.parent.depth + 1 if self.parent else 1
        super().save(*args, **kwargs)
        if before and before != self.sort_path:
            for child in self.children.all():
                child.parent = self
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


class CatalogueItem(TreeNode):
    """An item of the disclosure catalogue; a leaf carries the columns of the standard table (standards §1.2)."""

    class Unit(models.TextChoices):
        """Unit of a time limit."""

        WORKING_DAYS = "wd", _("working days")
        DAYS = "d", _("days")

    class Mode(models.TextChoices):
        """公开方式."""

        PROACTIVE = "proactive", _("proactive")
        ON_APPLICATION = "on_application", _("on application")

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
    limit_amount = models.PositiveSmallIntegerField(_("time limit"), null=True, blank=True)
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
