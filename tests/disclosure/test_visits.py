"""Visits: counted without a write for each view, without bots and staff, summed up over processes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from disclosure.items import visits
from disclosure.items.traffic import VisitCount
from disclosure.items.visits import VisitBuffer, visits_of

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"}
LATER = 3600


@pytest.fixture(autouse=True)
def counting(settings: Any) -> Iterator[None]:
    """Visits are counted, but written only when a test says so."""
    settings.VISITS_FLUSH_SECONDS = LATER
    visits.buffer = VisitBuffer()
    yield
    if visits.buffer._timer:
        visits.buffer._timer.cancel()


@pytest.fixture
def page(department_page: Any) -> Any:
    return department_page


def add(buffer: VisitBuffer, *pages: int) -> None:
    for page_id in pages:
        buffer.add(page_id, LATER)
    if buffer._timer:
        buffer._timer.cancel()


def test_a_view_writes_nothing_until_the_flush(page: Any, client: Client, django_assert_num_queries: Any) -> None:
    client.get(page.url, headers=BROWSER)
    client.get(page.url, headers=BROWSER)
    assert not VisitCount.objects.exists()
    assert visits_of(page.pk) == 2
    visits.buffer.flush()
    assert VisitCount.objects.get(page=page).total == 2
    assert visits_of(page.pk) == 2
    with django_assert_num_queries(0):
        visits.buffer.flush()


def test_processes_add_up(page: Any) -> None:
    one, other = VisitBuffer(), VisitBuffer()
    add(one, page.pk, page.pk)
    add(other, page.pk)
    one.flush()
    other.flush()
    assert visits_of(page.pk) == 3


def test_one_statement_for_each_page(page: Any, home: Any, django_assert_num_queries: Any) -> None:
    """Two pages, two statements, however many visits."""
    buffer = VisitBuffer()
    add(buffer, *[page.pk, home.pk] * 50)
    with django_assert_num_queries(2):
        buffer.flush()
    assert [visits_of(page.pk), visits_of(home.pk)] == [50, 50]


@pytest.mark.parametrize("agent", ["", "Baiduspider/2.0", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8.1", "python-requests/2.32", "HeadlessChrome/126"])
def test_bots_are_left_out(page: Any, client: Client, agent: str) -> None:
    client.get(page.url, headers={"User-Agent": agent})
    assert visits_of(page.pk) == 0


def test_staff_heads_prefetches_and_missing_pages_are_left_out(page: Any, client: Client) -> None:
    client.head(page.url, headers=BROWSER)
    client.get(page.url, headers={**BROWSER, "Sec-Purpose": "prefetch"})
    client.get(page.url + "nothing/", headers=BROWSER)
    client.force_login(User.objects.create_user("editor"))
    client.get(page.url, headers=BROWSER)
    assert visits_of(page.pk) == 0


def test_a_page_deleted_in_between_takes_no_row(page: Any) -> None:
    buffer = VisitBuffer()
    add(buffer, 10**9, page.pk)
    buffer.flush()
    assert list(VisitCount.objects.values_list("page_id", "total")) == [(page.pk, 1)]


def test_visits_that_could_not_be_written_are_kept(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = VisitBuffer()
    add(buffer, page.pk)
    monkeypatch.setattr(visits, "ADD_VISITS", "INSERT INTO no_such_table VALUES (%s, %s)")
    with transaction.atomic():  # a savepoint, so that the failing statement doesn't end the test's transaction
        buffer.flush()
        transaction.set_rollback(True)
    assert buffer.pending(page.pk) == 1


@given(st.lists(st.lists(st.integers(1, 3), max_size=20), max_size=5))
def test_nothing_is_lost_or_counted_twice_between_flushes(rounds: list[list[int]]) -> None:
    buffer, taken = VisitBuffer(), 0
    for hits in rounds:
        add(buffer, *hits)
        taken += buffer.take().total()
    assert taken == sum(map(len, rounds))
    assert buffer.take().total() == 0


def test_many_visits_are_written_in_the_background_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[float] = []
    buffer = VisitBuffer()
    monkeypatch.setattr(buffer, "_start_timer", started.append)
    monkeypatch.setattr(buffer, "_timer", object())
    for _number in range(visits.FLUSH_AT_HITS):
        buffer.add(1, LATER)
    assert started == [0]


def test_settings_can_turn_counting_off(page: Any, client: Client, settings: Any) -> None:
    settings.VISITS_FLUSH_SECONDS = 0
    client.get(page.url, headers=BROWSER)
    assert visits_of(page.pk) == 0
