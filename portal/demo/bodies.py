"""Departments, county offices and townships of the demo county, with page and group each."""

import datetime as dt
from collections.abc import Iterable

from disclosure.items.departments import establish
from portal.demo.source import read_rows
from portal.departments.credit_code import check_digit
from portal.departments.models import Department, FormerName

HOURS = "工作日 8:30—12:00，14:30—17:30"
CLOSED = {"liangshi": ("fagai", dt.date(2019, 3, 29)), "fupin": ("xiangcun", dt.date(2021, 5, 28))}
RENAMED = {
    "weijian": ("阳光县卫生和计划生育局", dt.date(2019, 3, 20)),
    "xingzheng-shenpi": ("阳光县政务服务管理办公室", dt.date(2020, 9, 1)),
}


def credit_code(number: int) -> str:
    """The invented credit code of the body with this number; its check digit is right."""
    first17 = f"11990100MB09{number:05d}"
    return first17 + check_digit(first17)


def ensure_departments() -> int:
    """Make the bodies that are missing; returns how many were made. Closed ones come last and name who answers for them."""
    known = set(Department.objects.values_list("slug", flat=True))
    missing = [(number, row) for number, row in enumerate(read_rows("departments"), start=1) if row[0] not in known]
    for number, row in missing:
        department = _make(number, row)
        establish(department)
    _keep_former_names(row[0] for _number, row in missing)
    return len(missing)


def _make(number: int, row: list[str]) -> Department:
    """One body from its row of the table; phone numbers follow from its number, none of them exists."""
    slug, short, name, kind, address, head, duties = row
    department = Department(
        slug=slug, short_name=short, name=name, kind=kind, order=number, credit_code=credit_code(number), address=f"阳光县{address}", head=head, duties=duties,
        hours=HOURS, phone=f"0000-612{number:02d}10", fax=f"0000-612{number:02d}19", supervision_phone=f"0000-612{number:02d}12",
    )
    if slug in CLOSED:
        successor, department.closed_on = CLOSED[slug]
        department.successor = Department.objects.get(slug=successor)
    department.full_clean(exclude=["group"])
    department.save()
    return department


def _keep_former_names(slugs: Iterable[str]) -> None:
    """Former names of the bodies that were renamed."""
    for slug in slugs:
        if slug in RENAMED:
            name, until = RENAMED[slug]
            FormerName.objects.create(department=Department.objects.get(slug=slug), name=name, until=until)
