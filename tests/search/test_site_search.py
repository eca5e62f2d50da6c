"""Publishing and finding, on the real site with the real index."""

import datetime as dt
import random
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from disclosure.items.signals import items_changed
from search import building
from search.documents import SearchDocument
from search.engines.sqlite import SqliteEngine
from search.outbox import IndexChange, deliver, record, waiting
from search.query import parse
from search.results import EngineUnavailableError

pytestmark = pytest.mark.django_db


def found(client: Client, text: str, **parameters: str) -> str:
    response = client.get(reverse("search"), {"q": text, **parameters})
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def announce(publish: Any, site_index: SqliteEngine, django_capture_on_commit_callbacks: Any) -> Any:
    """Publishes as `publish` does and lets what happens after the commit happen."""

    def make(**fields: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return publish(**fields)

    return make


def test_what_is_published_is_findable_at_once_and_what_is_taken_back_is_not(client, announce, django_capture_on_commit_callbacks):
    item = announce(title="城南水厂检修停水通知")
    assert item.url in found(client, "停水")
    with django_capture_on_commit_callbacks(execute=True):
        item.unpublish()
    assert item.url not in found(client, "停水")


def test_words_of_the_text_and_of_tables_are_found(client, announce):
    blocks = [
        {"type": "paragraph", "value": "<p>每月补助<b>一百二十元</b></p>"},
        {"type": "article", "value": {"number": "第三条", "text": "<p>申请人应当提交户口簿</p>"}},
    ]
    item = announce(title="高龄津贴", body=blocks, summary="八十岁以上")
    for words in ("一百二十元", "第三条", "户口簿", "八十岁"):
        assert item.url in found(client, words), words


def test_what_is_disclosed_on_application_only_is_not_found(client, announce):
    item = announce(title="内部测绘成果目录", mode="on_application")
    assert item.url not in found(client, "测绘成果")


def test_four_random_titles_stand_on_page_one(client, announce):
    items = [announce(title=f"关于{place}{matter}的通知") for place in "青河柳湾城西东坡南岭北塘石桥" for matter in ("道路维修", "饮水安全", "安置补偿")]
    for item in random.Random(7).sample(items, 4):
        assert item.url in found(client, item.title)


def test_an_address_that_changes_changes_in_the_index(client, announce, django_capture_on_commit_callbacks):
    item = announce(title="清明祭扫安排")
    with django_capture_on_commit_callbacks(execute=True):
        parent = item.get_parent().specific
        parent.slug = "minzhengju"
        parent.save_revision().publish()
    assert "/departments/minzhengju/" in found(client, "祭扫")


def test_a_rolled_back_change_leaves_no_row(publish, site_index):
    before = IndexChange.objects.count()
    publish(title="有一条")
    assert IndexChange.objects.count() > before


def test_while_the_engine_is_away_changes_wait_and_then_arrive(announce, site_index, monkeypatch):
    def away(self: Any, changes: Any) -> None:
        raise EngineUnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteEngine, "apply", away)
        announce(title="停电一小时也不会丢")
        assert waiting()
    deliver()
    assert not waiting()
    assert site_index.search(parse("停电")).total == 1


def test_an_engine_that_is_away_is_said_to_be_away(client, home, site_index, monkeypatch):
    def away(self: Any, query: Any) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr(SqliteEngine, "search", away)
    response = client.get(reverse("search"), {"q": "停水"})
    assert response.status_code == 503
    assert reverse("catalogue") in response.content.decode()


def test_a_batch_of_imported_items_is_indexed(publish, site_index, django_capture_on_commit_callbacks):
    ids = [publish(title=f"第{number}批公示").pk for number in range(3)]
    IndexChange.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        items_changed.send(sender=None, ids=ids)
    assert site_index.search(parse("公示")).total == 3


def test_the_whole_index_is_built_and_compared(publish, site_index, capsys):
    publish(title="全部重建")
    call_command("search_index")
    call_command("search_index", "--check")
    record("item", [1])
    site_index.apply([])
    IndexChange.objects.all().delete()
    publish(title="索引还不知道")
    with pytest.raises(CommandError):
        call_command("search_index", "--check")


def test_a_change_during_a_rebuild_is_not_lost(publish, site_index, monkeypatch):
    item = publish(title="重建之前")
    def documents() -> Any:
        item.title = "重建之中"
        item.save()
        deliver()
        yield f"item:{item.pk}", SearchDocument(id=f"item:{item.pk}", kind="notice", title="重建之前", url="/")

    monkeypatch.setattr(building, "public_documents", documents)
    building.build(site_index, lambda _n: None)
    assert [hit.title for hit in site_index.search(parse("重建")).hits] == ["重建之中"]


def test_marks_are_escaped(client, announce):
    announce(title="<script>alert(1)</script>停水")
    page = found(client, "停水")
    assert "<script>alert" not in page
    assert "<mark>停水</mark>" in page


def test_a_search_costs_at_most_fifteen_queries_however_much_is_found(client, announce, django_assert_max_num_queries):
    """Budget: 15 queries."""
    for number in range(15):
        announce(title=f"停水通知{number}", made_on=dt.date(2026, 1, 1))
    found(client, "停水")
    with django_assert_max_num_queries(15):
        found(client, "停水", page="2")


BAD = [
    {"page": "99999999"},
    {"page": "-1"},
    {"page": "x"},
    {"year": "abc"},
    {"kind": "'"},
    {"sort": "x"},
    {"q": "\x00停"},
    {"department": "\ud800"},
]


@pytest.mark.parametrize("parameters", BAD)
def test_bad_parameters_are_no_error(client, announce, parameters):
    announce(title="停水通知")
    typed = {"q": "停水", **parameters}
    query = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in typed.items())
    assert client.get(f"{reverse('search')}?{query}").status_code == 200
