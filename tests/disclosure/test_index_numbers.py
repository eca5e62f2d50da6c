"""Index numbers: unique, per department and year, never given again, right when many ask at once (standards §15 row 27)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from disclosure.items.index_number import next_index_number, take_serials
from disclosure.items.notices import NoticePage
from portal.site.index_pattern import check_pattern, fill_pattern
from portal.site.models import PortalSettings

ROOT = Path(__file__).resolve().parents[2]
YEAR = timezone.localdate().year
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
SAVES, WORKERS = 1000, 4


# --- The pattern


@pytest.mark.parametrize("pattern", ["{code}/{year}-{serial:05d}", "{code}-{year}{serial:06d}", "{serial}-{year}-{code}", "阳光{code}/{year}/{serial:04}"])
def test_patterns_that_fit(pattern: str):
    check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "", "{code}/{year}", "{code}/{year}-{serial:05d}-{serial}", "{code}/{year}-{serial:05d}{month}", "{code.__class__}/{year}-{serial}", "{0}{year}{serial}",
        "{code",         "{code!r}{year}{serial}", "{code}{year}{serial:099999999d}", "{code:>9999999}{year}{serial}", "{}{year}{serial}",
        "x" * 60 + "{code}{year}{serial}", "{code}{year}{serial:x}",
    ],
)
def test_patterns_that_dont(pattern: str):
    with pytest.raises(ValidationError):
        check_pattern(pattern)


def test_the_settings_refuse_a_wrong_pattern_at_its_field():
    with pytest.raises(ValidationError) as refused:
        PortalSettings(index_number_pattern="{code}").clean_fields(exclude=["site"])
    assert set(refused.value.message_dict) == {"index_number_pattern"}


@given(st.integers(2000, 2100), st.integers(2000, 2100), st.integers(1, 10**8 - 1), st.integers(1, 10**8 - 1))
def test_two_serials_never_give_one_number(year: int, other_year: int, serial: int, other: int):
    pattern = "{code}/{year}-{serial:05d}"
    same = fill_pattern(pattern, "X", year, serial) == fill_pattern(pattern, "X", other_year, other)
    assert same == ((year, serial) == (other_year, other))


# --- Giving them


def test_each_department_and_year_counts_for_itself(publish: Any, make_department: Any):
    first, second = publish(), publish()
    other = publish(parent=make_department())
    code = first.department.credit_code
    assert (first.index_number, second.index_number) == (f"{code}/{first.made_on.year}-00001", f"{code}/{first.made_on.year}-00002")
    assert other.index_number.endswith("-00001")
    last_year = publish(made_on=first.made_on.replace(year=first.made_on.year - 1, day=1))
    assert last_year.index_number == f"{code}/{first.made_on.year - 1}-00001"


def test_deleting_frees_no_number(publish: Any):
    first = publish()
    first.delete()
    assert publish().index_number.endswith("-00002")


def test_a_number_never_changes(publish: Any):
    page = publish()
    number = page.index_number
    for value in ("OTHER", "", None):
        page.index_number = value
        with pytest.raises(ValidationError) as refused:
            page.save()
        assert number in refused.value.message_dict["index_number"][0]
    page = NoticePage.objects.get(pk=page.pk)
    page.made_on = page.made_on.replace(year=page.made_on.year - 3, day=1)
    page.save()
    assert NoticePage.objects.get(pk=page.pk).index_number == number


def test_a_number_that_an_import_brought_along_is_passed_over(publish: Any, department_page: Any):
    code = department_page.department.credit_code
    publish(index_number=f"{code}/{YEAR}-00001", slug="old")
    publish(index_number=f"{code}/{YEAR}-00002", slug="old-2")
    assert next_index_number(department_page.department, YEAR) == f"{code}/{YEAR}-00003"


def test_a_duplicate_is_refused_at_its_field(publish: Any):
    publish(index_number="DUP")
    with pytest.raises(ValidationError) as refused:
        publish(index_number="DUP", slug="another")
    assert set(refused.value.message_dict) == {"index_number"}


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_given(department_page: Any):
    department = department_page.department
    with pytest.raises(DatabaseError), transaction.atomic():
        take_serials(department, YEAR, 3)
        raise DatabaseError
    assert list(take_serials(department, YEAR, 2)) == [1, 2]


@pytest.mark.django_db
def test_a_pattern_of_the_county_is_used_from_then_on(publish: Any, home: Any):
    before = publish()
    settings = PortalSettings.for_site(home.get_site())
    settings.index_number_pattern = "{code}-{year}-{serial:06d}"
    settings.full_clean()
    settings.save()
    after = publish()
    assert after.index_number == f"{after.department.credit_code}-{after.made_on.year}-000002"
    assert before.index_number.endswith("-00001")


# --- Many at once

SAVER = """
import django, sys
django.setup()
from django.utils import timezone
from disclosure.catalogue.models import CatalogueItem
from disclosure.items.columns import DepartmentPage
from disclosure.items.notices import NoticePage
page, leaf = DepartmentPage.objects.get(slug="minzheng"), CatalogueItem.objects.get(code="t1.1")
for number in range(int(sys.argv[1])):
    page.add_child(instance=NoticePage(title=f"公告{number}", catalogue_item=leaf, made_on=timezone.localdate()))
"""
PREPARER = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from disclosure.catalogue.models import CatalogueItem
from disclosure.items.departments import establish
from portal.departments.credit_code import check_digit
from portal.departments.models import Department
from portal.face.tree import ensure_site
ensure_site("阳光县人民政府")
establish(Department.objects.create(name="阳光县民政局", short_name="县民政局", slug="minzheng", credit_code="11990100MB0000001" + check_digit("11990100MB0000001")))
top = CatalogueItem.objects.create(code="t1", name="重点民生", order=1)
CatalogueItem.objects.create(code="t1.1", name="社会救助", parent=top, order=1)
"""
COUNTER = """
import django
django.setup()
from disclosure.items.base import DisclosureItem
numbers = list(DisclosureItem.objects.values_list("index_number", flat=True))
slugs = list(DisclosureItem.objects.values_list("slug", flat=True))
print(len(numbers), len(set(numbers)), len(set(slugs)), max(numbers)[-5:])
"""


def python(code: str, var: Path, *arguments: str, url: str = "") -> "subprocess.Popen[str]":
    """A process of the portal with its own folder `var` and the database at `url`; SQLite in that folder when it is empty."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.dev", "YANGGUANG_VAR": str(var), "LOG_LEVEL": "ERROR", "DATABASE_URL": url}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(process: "subprocess.Popen[str]") -> str:
    out, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors[-2000:]
    return out


@pytest.mark.slow
def test_a_thousand_saves_from_four_processes_on_sqlite(tmp_path: Path):
    """1,000 items from four processes into one database file: no duplicate, no error, no gap."""
    finished(python(PREPARER, tmp_path))
    savers = [python(SAVER, tmp_path, str(SAVES // WORKERS)) for _worker in range(WORKERS)]
    for saver in savers:
        finished(saver)
    assert finished(python(COUNTER, tmp_path)).split() == ["1000", "1000", "1000", "01000"]


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(not POSTGRES and not os.environ.get("CI"), reason="TEST_POSTGRES_URL is not set; CI always sets it")
def test_a_thousand_saves_from_threads_on_postgresql(tmp_path: Path):
    """1,000 items from eight threads, each with its own connection: no duplicate, no error, no gap."""
    assert POSTGRES, "CI must set TEST_POSTGRES_URL"
    name = f"index_{os.getpid()}"
    maintain(f'CREATE DATABASE "{name}"')
    url = urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
    try:
        finished(python(PREPARER, tmp_path, url=url))
        finished(python(THREADED, tmp_path, str(SAVES), url=url))
        assert finished(python(COUNTER, tmp_path, url=url)).split() == ["1000", "1000", "1000", "01000"]
    finally:
        maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


THREADED = """
import django, sys
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from django.utils import timezone
from disclosure.catalogue.models import CatalogueItem
from disclosure.items.columns import DepartmentPage
from disclosure.items.notices import NoticePage
def save(amount):
    page, leaf = DepartmentPage.objects.get(slug="minzheng"), CatalogueItem.objects.get(code="t1.1")
    for number in range(amount):
        page.add_child(instance=NoticePage(title=f"公告{number}", catalogue_item=leaf, made_on=timezone.localdate()))
    connection.close()
with ThreadPoolExecutor(8) as pool:
    list(pool.map(save, [int(sys.argv[1]) // 8] * 8))
"""


def maintain(statement: str) -> None:
    """Run one statement outside a transaction on the server's own database."""
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type]
