"""Feeds, site map, robots and QR codes: whole addresses, only what is public, answers that can be kept."""

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from disclosure.items import sitemaps
from disclosure.items.addresses import full_url, public_page, public_pages
from disclosure.items.base import DisclosureItem
from disclosure.items.columns import DepartmentPage, SectionPage
from disclosure.items.policies import PolicyDocumentPage
from portal.face.models import HomePage

Publish = Callable[..., Any]
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://www.yangguang.example"


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    settings.BASE_URL = SITE


@pytest.fixture
def column(home: HomePage) -> SectionPage:
    page = SectionPage(title="政策文件", slug="zcwj", description="县政府和部门的文件", keywords="政策", column_type="政策文件", kinds=["policy"])
    return home.add_child(instance=page)


def entries(client: Client, path: str) -> list[ET.Element]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def titles(client: Client, path: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in entries(client, path)]


def test_each_feed_holds_its_part(client: Client, publish: Publish, column: SectionPage, make_department: Callable[..., DepartmentPage]) -> None:
    other = make_department("阳光县教育局", slug="jiaoyu")
    publish(title="通知")
    publish(PolicyDocumentPage, title="文件", parent=other)
    assert titles(client, "/feed/") == ["文件", "通知"]
    assert titles(client, f"/feed/column/{column.pk}/") == ["文件"]
    assert titles(client, "/feed/department/jiaoyu/") == ["文件"]
    assert titles(client, "/feed/kind/notice/") == ["通知"]


def test_hidden_items_stay_out_of_every_feed(client: Client, publish: Publish, department_page: DepartmentPage, make_department: Callable[..., DepartmentPage]) -> None:
    publish(title="草稿", live=False)
    publish(title="依申请", mode="on_application")
    locked = make_department("阳光县档案馆", slug="dangan")
    publish(title="上锁", parent=locked)
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    for path in ("/feed/", "/feed/department/minzheng/", "/feed/department/dangan/", "/feed/kind/notice/"):
        assert titles(client, path) == []


@pytest.mark.parametrize("path", ["/feed/column/999999/", "/feed/department/nowhere/", "/feed/kind/case/"])
def test_feeds_of_what_there_is_not_are_missing(client: Client, home: HomePage, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_feed_of_an_unpublished_column_is_missing(client: Client, column: SectionPage) -> None:
    column.unpublish()
    assert client.get(f"/feed/column/{column.pk}/").status_code == 404


def test_an_entry_tells_who_when_and_where(client: Client, publish: Publish) -> None:
    item = publish(title="关于<低保>标准 & 补贴的\x0b通知", summary="每月提高\x0c五十元")
    (entry,) = entries(client, "/feed/")
    assert entry.findtext(f"{ATOM}title") == "关于<低保>标准 & 补贴的通知"
    assert entry.findtext(f"{ATOM}summary") == "每月提高五十元"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "阳光县民政局"
    assert entry.find(f"{ATOM}link").get("href") == SITE + item.url
    published = dt.datetime.fromisoformat(entry.findtext(f"{ATOM}published"))
    assert abs(published - item.published_at) < dt.timedelta(seconds=1)
    assert entry.findtext(f"{ATOM}id") == f"tag:www.yangguang.example,2026:page:{item.pk}"


def test_a_feed_that_did_not_change_is_not_sent_again(client: Client, publish: Publish) -> None:
    publish()
    first = client.get("/feed/")
    assert client.get("/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/feed/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    publish()
    assert client.get("/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_queries_of_a_feed_do_not_grow(client: Client, publish: Publish, django_assert_max_num_queries: Any) -> None:
    """Six: restrictions, ids, rows, settings, site, its roots."""
    for _number in range(8):
        publish()
    client.get("/feed/")
    with django_assert_max_num_queries(6):
        assert len(entries(client, "/feed/")) == 8


def test_public_pages_leave_out_what_is_hidden(publish: Publish, department_page: DepartmentPage) -> None:
    shown, hidden, draft = publish(), publish(mode="on_application"), publish(live=False)
    found = set(public_pages().values_list("pk", flat=True))
    assert {shown.pk, department_page.pk} <= found
    assert not {hidden.pk, draft.pk} & found
    assert [public_page(each.pk) is not None for each in (shown, hidden, draft, department_page)] == [True, False, False, True]
    assert public_page(1) is None


def locations(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    return [element.text or "" for element in ET.fromstring(response.content).iter() if element.tag.endswith("}loc")]


def test_site_map_in_files_of_bounded_size(client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    item, hidden = publish(), publish(mode="on_application")
    files = locations(client, "/sitemap.xml")
    assert files == [f"{SITE}/sitemap-pages.xml?p={number}" for number in (1, 2)]
    every = [address for each in files for address in locations(client, each.removeprefix(SITE))]
    assert full_url(item) in every
    assert f"{SITE}/catalogue/" in every
    assert full_url(hidden) not in every
    assert len(every) == len(set(every)) == 4 + len(sitemaps.STANDING)
    assert client.get("/sitemap-pages.xml?p=3").status_code == 404
    assert client.get("/sitemap-pages.xml?p=x").status_code == 404


def test_the_site_map_tells_the_last_change(client: Client, publish: Publish) -> None:
    publish()
    assert f"<lastmod>{timezone.localdate()}</lastmod>" in client.get("/sitemap-pages.xml").content.decode()


def test_robots_names_the_site_map(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_qr_codes_of_public_pages_only(client: Client, publish: Publish) -> None:
    item, hidden = publish(), publish(mode="on_application")
    response = client.get(f"/qr/{item.pk}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "public" in response["Cache-Control"]
    svg = ET.fromstring(response.content)
    assert [child.tag.split("}")[1] for child in svg][:2] == ["rect", "path"]
    assert client.get(f"/qr/{item.pk}.svg", headers={"If-None-Match": response["ETag"]}).status_code == 304
    for missing in (hidden.pk, 1, 10**6, 10**30):
        assert client.get(f"/qr/{missing}.svg").status_code == 404
    DisclosureItem.objects.filter(pk=item.pk).update(mode="on_application")
    assert client.get(f"/qr/{item.pk}.svg", headers={"If-None-Match": response["ETag"]}).status_code == 404
