"""The demo county: seeded whole, seeded once, every page opens, every word in its place."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.base import DisclosureItem
from disclosure.items.columns import DepartmentPage, OpenGuidePage, SectionPage
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.kinds import Kind, Validity
from disclosure.items.notice_rules import notice_gaps
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage
from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD, demo_accounts_exist, uses_demo_password
from portal.demo.guard import check_demo_password, refuse_demo_password
from portal.demo.seed import seed_county
from portal.departments.models import Department
from portal.files.models import PublicDocument

pytestmark = pytest.mark.django_db
LINK = re.compile(r'linktype="page" id="(\d+)"')
LEFT_OPEN = re.compile(r"\{[^}\"]{1,30}\}")


def quiet(_step: str, _done: int, _total: int) -> None:
    """No progress."""


@pytest.fixture(scope="module")
def county(django_db_setup: Any, django_db_blocker: Any) -> Iterator[int]:
    """The whole county, seeded once for all tests of this module, taken away afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield seed_county(timezone.now(), quiet)
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture
def seeded(county: int, db: Any) -> int:
    """The seeded county; what a test changes is taken back."""
    return county


def counts() -> dict[str, int]:
    return {
        "pages": Page.objects.count(), "departments": Department.objects.count(), "documents": PublicDocument.objects.count(), "users": User.objects.count(),
        "leaves": CatalogueItem.objects.count(), "items": DisclosureItem.objects.count(),
    }


def test_a_second_run_changes_nothing(seeded: int) -> None:
    before = counts()
    assert seed_county(timezone.now(), quiet) == 0
    assert counts() == before


def test_58_bodies_and_16_townships_in_office_and_two_closed_with_successors(seeded: int) -> None:
    today = timezone.localdate()
    in_office = Department.objects.in_office(today)
    assert in_office.exclude(kind=Department.Kind.TOWNSHIP).count() == 58
    assert in_office.filter(kind=Department.Kind.TOWNSHIP).count() == 16
    closed = Department.objects.exclude(closed_on=None)
    assert closed.count() == 2
    assert all(body.answering != body for body in closed)
    assert DepartmentPage.objects.count() == Department.objects.count()
    assert all(body.duties and body.phone.startswith("0000-612") and body.address and body.head for body in Department.objects.all())


def test_amounts_of_every_kind(seeded: int) -> None:
    by_kind = dict(DisclosureItem.objects.public().values_list("kind").annotate(Count("pk")).order_by())
    assert by_kind[Kind.POLICY] >= 45
    assert by_kind[Kind.INTERPRETATION] >= 25
    assert by_kind[Kind.GUIDE] >= 40
    assert by_kind[Kind.NOTICE] >= 50
    assert by_kind[Kind.ARTICLE] >= 20
    assert PublicDocument.objects.count() >= 40
    assert OpenGuidePage.objects.count() == 1


def test_dates_lie_in_the_past_within_two_years_and_the_newest_are_fresh(seeded: int) -> None:
    now = timezone.now()
    dates = list(DisclosureItem.objects.values_list("published_at", flat=True))
    assert max(dates) <= now
    assert max(dates) >= now - dt.timedelta(days=10)
    assert min(dates) >= now - dt.timedelta(days=745)
    assert not DisclosureItem.objects.filter(made_on__gt=timezone.localdate()).exists()


def test_every_item_has_department_leaf_index_number_and_a_short_summary_of_its_own(seeded: int) -> None:
    items = list(DisclosureItem.objects.all())
    assert all(item.department_id and item.catalogue_item_id and item.index_number and item.department_name for item in items)
    assert [item.title for item in items if not 5 <= len(item.summary) <= 100] == []
    assert len({item.summary for item in items}) == len(items)
    assert len({str(item.body.raw_data) for item in items if len(item.body)}) == sum(1 for item in items if len(item.body))


def test_most_leaves_hold_something(seeded: int) -> None:
    leaves = CatalogueItem.objects.filter(depth=3)
    filled = leaves.filter(items__isnull=False).distinct().count()
    assert filled >= 0.6 * leaves.count()


def test_no_place_of_a_text_is_left_open(seeded: int) -> None:
    for item in DisclosureItem.objects.all():
        assert not LEFT_OPEN.search(item.title + item.summary), item.title
        assert not LEFT_OPEN.search(" ".join(_texts(item.body.raw_data))), item.title
    for guide in ServiceGuidePage.objects.prefetch_related("materials", "steps", "questions"):
        parts = [*guide.materials.all(), *guide.steps.all(), *guide.questions.all()]
        words = [value for part in [guide, *parts] for value in vars(part).values() if isinstance(value, str)]
        assert not LEFT_OPEN.search(" ".join(words)), guide.title


def _texts(value: Any) -> Iterator[str]:
    """Every string in the raw value of a StreamField."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif hasattr(value, "__iter__"):
        for part in value:
            yield from _texts(part)


def test_all_links_in_texts_lead_to_pages(seeded: int) -> None:
    ids = set(Page.objects.live().values_list("pk", flat=True))
    linked = {int(found) for item in DisclosureItem.objects.all() for text in _texts(item.body.raw_data) for found in LINK.findall(text)}
    assert linked
    assert linked <= ids


def test_every_page_opens(seeded: int, client: Client) -> None:
    """Every page answers, and none shows the word that an empty value turns into."""
    failed = []
    for page in Page.objects.live().filter(depth__gt=1).specific():
        if url := page.get_url():
            response = client.get(url)
            if response.status_code != 200 or b">None<" in response.content:
                failed.append((url, response.status_code))
    assert failed == []


def test_documents_are_tied_amended_repealed_and_lapsed(seeded: int) -> None:
    today = timezone.localdate()
    items: Any = PolicyDocumentPage.objects
    assert items.of_validity(Validity.REPEALED, today).count() >= 2
    assert items.of_validity(Validity.AMENDED, today).count() >= 1
    assert items.of_validity(Validity.LAPSED, today).count() >= 2
    assert items.filter(is_normative=True).exclude(lapses_on=None).count() >= 15
    assert all(page.document_id for page in InterpretationPage.objects.all())
    numbers = list(items.values_list("document_number", flat=True))
    assert len(set(numbers)) == len(numbers)


def test_every_item_stands_up_to_the_checks_of_the_editors_form(seeded: int) -> None:
    for model in (PolicyDocumentPage, NoticePage, ServiceGuidePage):
        for item in model.objects.all():
            item.full_clean()
    assert [(notice.title, notice_gaps(notice)) for notice in NoticePage.objects.all() if notice_gaps(notice)] == []


def test_guides_are_complete(seeded: int) -> None:
    for guide in ServiceGuidePage.objects.all():
        assert guide.materials.exists()
        assert guide.steps.exists()
        assert guide.questions.exists()
        assert guide.life_events
        assert guide.conditions
        assert sum(step.time or 0 for step in guide.steps.all()) <= guide.promised_time, guide.title


def test_columns_list_something(seeded: int, client: Client) -> None:
    for section in SectionPage.objects.filter(slug__in=["services", "policies", "interpretations", "news", "notices", "finance", "data", "procurement", "land", "leaders"]):
        assert client.get(section.get_url()).context["listing"].total > 0, section.title


def test_accounts_can_log_in_and_work_for_their_department(seeded: int, client: Client) -> None:
    assert demo_accounts_exist()
    assert set(uses_demo_password()) >= {account.username for account in ACCOUNTS}
    for account in ACCOUNTS:
        assert client.login(username=account.username, password=DEMO_PASSWORD)
        assert client.get("/admin/").status_code == 200
    editor = User.objects.get(username="bianji")
    assert editor.groups.filter(department__slug="minzheng").exists()


def test_production_refuses_the_demo_password(seeded: int, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_demo_password()
    monkeypatch.setattr(settings, "DEMO_ALLOWED", False)
    with pytest.raises(ImproperlyConfigured, match="bianji"):
        refuse_demo_password()
    assert [error.id for error in check_demo_password(databases=["default"])] == ["portal.E001"]
    with pytest.raises(CommandError, match="isn't allowed"):
        call_command("seed_demo")
