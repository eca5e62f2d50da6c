"""索引号: unique, made by the system, per department and year, never used twice (standards §5.1, §15 row 27)."""

from django.db import models, transaction
from django.db.models import F

from portal.departments.models import Department
from portal.site.index_pattern import fill_pattern
from portal.site.models import PortalSettings


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


def format_number(department: Department, year: int, serial: int) -> str:
    """The index number of a serial by the county's pattern."""
    return fill_pattern(pattern(), department.credit_code, year, serial)


def next_index_number(department: Department, year: int) -> str:
    """The next free index number of a department and year; skips numbers that imported items brought along."""
    items = Department.items.rel.related_model._base_manager
    while True:
        number = format_number(department, year, take_serials(department, year, 1)[0])
        if not items.filter(index_number=number).exists():
            return number
