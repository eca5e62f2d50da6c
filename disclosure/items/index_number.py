"""索引号: unique, made by the system, per department and year, never used twice (standards §5.1, §15 row 27)."""

import string

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.departments.models import Department
from portal.site.models import PortalSettings

FIELDS = {"code", "year", "serial"}


class IndexCounter(models.Model):
    """The last serial number given for a department and a year; it only grows, so a number never returns."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "year"], name="one_counter_per_department_and_year")]

    def __str__(self) -> str:
        return f"{self.department} {self.year}: {self.last}"


def take_serials(department: Department, year: int, amount: int) -> range:
    """Reserve `amount` serial numbers at once and return them; right when many ask at the same time.

    The row is raised by the database itself in one statement, which locks it until the transaction ends: whoever
    rolls back gives the numbers back before anybody else could have taken the next ones.
    """
    with transaction.atomic():
        IndexCounter.objects.get_or_create(department=department, year=year)
        counter = IndexCounter.objects.filter(department=department, year=year)
        counter.update(last=F("last") + amount)
        last = counter.get().last
    return range(last - amount + 1, last + 1)


def pattern() -> str:
    """The pattern the county has set."""
    found = PortalSettings.objects.values_list("index_number_pattern", flat=True).first()
    return found or str(PortalSettings._meta.get_field("index_number_pattern").default)


def check_pattern(value: str) -> None:
    """Raise ValidationError unless `value` uses code, year and serial, and nothing else."""
    try:
        used = {name for _text, name, _spec, _conv in string.Formatter().parse(value) if name is not None}
        value.format(code="X" * 18, year=2026, serial=1)
    except (ValueError, KeyError, IndexError):
        used = set()
    if used != FIELDS:
        raise ValidationError(_("A pattern holds {code}, {year} and {serial:05d}, each once."), code="index_pattern")


def format_number(department: Department, year: int, serial: int) -> str:
    """The index number of a serial by the county's pattern."""
    return pattern().format(code=department.credit_code, year=year, serial=serial)


def next_index_number(department: Department, year: int) -> str:
    """The next free index number of a department and year; skips numbers that imported items brought along."""
    items = Department.items.rel.related_model._base_manager
    while True:
        number = format_number(department, year, take_serials(department, year, 1)[0])
        if not items.filter(index_number=number).exists():
            return number
