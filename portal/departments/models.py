"""Departments, townships and county offices; they are renamed and merged, their old names stay findable."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.departments.credit_code import validate_credit_code
from portal.departments.signals import department_changed

LONGEST_CHAIN = 20


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Departments, by whether they are in office."""

    def in_office(self, day: dt.date) -> "DepartmentQuerySet":
        """Those opened on or before `day` and not closed by then."""
        opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
        return self.filter(opened, Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Department(models.Model):
    """A body that publishes and answers: department, township or county office."""

    class Kind(models.TextChoices):
        """What kind of body this is; it decides which catalogue branches apply (Art. 20 and 21)."""

        DEPARTMENT = "department", _("department")
        TOWNSHIP = "township", _("township")
        COUNTY_OFFICE = "county_office", _("county office")

    name = models.CharField(_("official name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("address part"), max_length=40, unique=True, help_text=_("Letters of the address of its page, e.g. minzheng."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True, validators=[validate_credit_code])
    address = models.CharField(_("address"), max_length=200, blank=True)
    hours = models.CharField(_("office hours"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    fax = models.CharField(_("fax"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    head = models.CharField(_("head"), max_length=40, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    supervision_phone = models.CharField(_("supervision phone"), max_length=60, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name=_("answered for by"), null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors",
        help_text=_("The body that took over the duties when this one was closed."),
    )
    group = models.OneToOneField("auth.Group", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="department")
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """Check that dates and successor fit together; raises ValidationError at the field concerned."""
        if self.opened_on and self.closed_on and self.closed_on < self.opened_on:
            raise ValidationError({"closed_on": _("The closing date is before the opening date.")})
        if self.successor_id and not self.closed_on:
            raise ValidationError({"closed_on": _("A body that another one answers for needs a closing date.")})
        if self.successor and self.pk and self.pk in {body.pk for body in self.successor.line_of_succession()}:
            raise ValidationError({"successor": _("This would make the body answer for itself.")})

    def line_of_succession(self) -> list["Department"]:
        """The body itself and, one after the other, those that took over from it."""
        line = [self]
        while (follower := line[-1].successor) and len(line) < LONGEST_CHAIN:
            line.append(follower)
        return line

    @property
    def answering(self) -> "Department":
        """The body that answers today for what this one published."""
        return self.line_of_succession()[-1]

    @transaction.atomic
    def rename(self, name: str, short_name: str, day: dt.date) -> None:
        """Give the body a new name from `day` on and keep the former one; items published before keep the old name.

        Raises ValidationError at `name` when nothing changes or another body bears the name.
        """
        former, self.name, self.short_name = self.name, name, short_name
        if former == name:
            raise ValidationError({"name": _("This is the name it bears already.")})
        self.full_clean()
        self.save()
        FormerName.objects.create(department=self, name=former, until=day)
        department_changed.send(sender=Department, department=self)

    @transaction.atomic
    def correct_name(self, name: str, short_name: str) -> None:
        """Correct a mistyped name: no former name is kept. Raises ValidationError like `rename`."""
        self.name, self.short_name = name, short_name
        self.full_clean()
        self.save()
        department_changed.send(sender=Department, department=self)

    @transaction.atomic
    def close(self, day: dt.date, successor: "Department | None" = None) -> None:
        """Close the body from `day` on; `successor` answers from then on for what it published.

        Raises ValidationError at `closed_on` or `successor`: dates that don't fit, a successor that is closed itself or is this body.
        """
        if successor and successor.closed_on and successor.closed_on <= day:
            raise ValidationError({"successor": _("“%(name)s” is closed itself on that day. Choose the body that answers today.") % {"name": successor}})
        self.closed_on, self.successor = day, successor
        self.full_clean()
        self.save()
        department_changed.send(sender=Department, department=self)


class FormerName(models.Model):
    """A name that a department bore until a day."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("former name"), max_length=100)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.name
