"""Head and foot of every page, display settings, site map, style page, pages for faults."""

import datetime as dt
import re

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from disclosure.items.columns import OpenGuidePage, SectionPage
from portal.face.chrome import chrome_of
from portal.face.look import Look
from portal.face.styleguide import specimens
from portal.site.models import PortalSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def add_section(home):
    def add(title, slug, **fields):
        return home.add_child(instance=SectionPage(title=title, slug=slug, description="说明", keywords="词", column_type="通知公告", **{"show_in_menus": True, **fields}))

    return add


@pytest.fixture
def settings_row(home):
    return PortalSettings.objects.get()


def page(client, path="/site-map/"):
    return client.get(path).content.decode()


def test_every_page_names_its_site(client, settings_row):
    settings_row.site_domain, settings_row.site_id_code = "www.yangguang.example", "3400000001"
    settings_row.save()
    html = page(client)
    for name, value in (("SiteName", "阳光县人民政府"), ("SiteDomain", "www.yangguang.example"), ("SiteIDCode", "3400000001")):
        assert f'<meta name="{name}" content="{value}">' in html


def test_no_meta_tag_is_empty(client, home):
    for path in ("/", "/site-map/", "/preferences/", "/no-such-page/"):
        assert not re.search(r'<meta [^>]*content=""', page(client, path)), path


def test_home_carries_the_tags_of_a_column_and_no_article(client, home):
    html = page(client, "/")
    assert '<meta name="ColumnType" content="首页">' in html and "ArticleTitle" not in html


def test_article_and_column_tags_come_from_the_context(rf):
    article = {"title": "某办法", "published": dt.datetime(2026, 9, 24, 7, 5, tzinfo=dt.UTC), "source": "县民政局", "keywords": "", "url": "https://x.example/1/"}
    html = render_to_string("components/meta.html", {"frame": chrome_of(rf.get("/")), "article": article, "column": {"name": "政策文件", "type": "政策文件"}})
    assert '<meta name="PubDate" content="2026-09-24 15:05">' in html
    assert '<meta name="ContentSource" content="县民政局">' in html and '<meta name="ColumnName" content="政策文件">' in html
    assert 'name="Keywords"' not in html and 'content=""' not in html


def test_navigation_has_what_exists_in_its_order_and_marks_where_one_is(client, home, add_section, rf):
    add_section("工作动态", "news")
    add_section("办事服务", "services")
    add_section("不在菜单", "hidden", show_in_menus=False)
    add_section("未发布", "draft", live=False)
    closed = add_section("内部", "inner")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    frame = chrome_of(rf.get("/news/"))
    assert [entry.key for entry in frame.nav] == ["home", "services", "catalogue", "news", "departments"]
    assert {entry.key: entry.current for entry in frame.nav}["news"] == "page"
    for entry in frame.nav:
        assert client.get(entry.url).status_code == 200, entry


def test_below_a_column_its_entry_is_current(home, add_section, rf):
    parent = add_section("政策文件", "policies")
    child = parent.add_child(instance=SectionPage(title="规范性文件", slug="rules", description="说明", keywords="词", column_type="政策文件"))
    frame = chrome_of(rf.get("/policies/rules/"), child)
    assert [entry.key for entry in frame.nav if entry.current == "true"] == ["policies"]


def test_footer_shows_what_the_county_entered_and_nothing_else(client, settings_row):
    html = page(client, "/no-such-page/")
    assert "ICP" not in html and "tel:12345" in html
    settings_row.icp_number, settings_row.organiser, settings_row.supports_ipv6 = "ICP备00000000号", "阳光县人民政府办公室", True
    settings_row.error_report_url = "https://zfwzgl.example/exposure?site=1"
    settings_row.save()
    html = page(client, "/no-such-page/")
    assert "ICP备00000000号" in html and "阳光县人民政府办公室" in html and "https://zfwzgl.example/exposure?site=1" in html
    assert reverse("report_error") in html and reverse("site_map") in html


def test_disclosure_guide_is_linked_once_it_exists(client, home):
    text = dict.fromkeys(("classification", "arrangement", "ways_to_get", "office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_online"), "x")
    guide = home.add_child(instance=OpenGuidePage(title="公开指南", slug="guide", reviewed_on=dt.date(2026, 1, 1), **text))
    assert f'href="{guide.url}"' in page(client)


@pytest.mark.parametrize(("hours", "shown"), [(1, True), (-1, False), (None, True)])
def test_emergency_banner_is_up_until_its_end(client, settings_row, hours, shown):
    settings_row.alarm_title = "暴雨红色预警"
    settings_row.alarm_until = None if hours is None else timezone.now() + dt.timedelta(hours=hours)
    settings_row.save()
    assert ("暴雨红色预警" in page(client)) is shown


def test_empty_marks_are_outlined_for_staff_only(client, admin_client, home, settings):
    settings.DEMO_ALLOWED = False
    assert "emblem-slot" not in page(client)
    assert "emblem-slot" in page(admin_client)


def test_query_budget_of_the_frame(home, add_section, rf, django_assert_max_num_queries):
    """Head and foot: at most 4 queries, however many columns there are."""
    for number in range(8):
        add_section(f"栏目{number}", f"column-{number}")
    request = rf.get("/")
    with django_assert_max_num_queries(4):
        frame = chrome_of(request)
        assert len(frame.nav) == 11 and frame.settings and frame.guide is None


def test_preferences_are_kept_and_drawn_by_the_server(client, home):
    response = client.get("/preferences/", {"mode": "elder", "contrast": "high", "next": "/site-map/?a=1"})
    assert response["Location"] == "/site-map/?a=1"
    assert response.cookies["look"]["max-age"] == 365 * 24 * 3600 and response.cookies["look"]["samesite"] == "Lax"
    html = page(client)
    assert 'data-mode="elder"' in html and 'data-contrast="high"' in html
    client.get("/preferences/", {"mode": ""})
    assert "data-mode" not in page(client) and 'data-contrast="high"' in page(client)


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "evil", "", "///evil.example", "\t//evil.example"])
def test_preferences_never_lead_off_the_site(client, home, evil):
    assert client.get("/preferences/", {"mode": "elder", "next": evil})["Location"] == "/"


@pytest.mark.parametrize("cookie", ["mode=<script>", "x", "mode=elder&mode=bad&theme=purple", "%%%", "=" * 5000])
def test_a_broken_cookie_means_the_standard_look(client, home, cookie):
    client.cookies["look"] = cookie
    response = client.get("/site-map/")
    assert response.status_code == 200 and "<script>" not in response.content.decode().split("<head>")[0]


def test_language_is_chosen_and_kept(client, home):
    client.get("/preferences/", {"language": "en"})
    assert '<html lang="en"' in page(client)
    client.get("/preferences/", {"language": "zh-hans"})
    assert '<html lang="zh-Hans-CN"' in page(client)
    assert "django_language" not in client.get("/preferences/", {"language": "xx"}).cookies


def test_pages_vary_with_the_cookie_of_the_look(client, home):
    assert "Cookie" in client.get("/site-map/")["Vary"]


def test_look_takes_back_a_choice():
    assert Look("elder", "dark", "high").changed({"theme": "", "mode": "elder"}) == Look("elder", "", "high")


def test_site_map_lists_public_pages_only(client, home, add_section, department_page, publish):
    add_section("通知公告", "notices")
    add_section("草稿栏目", "draft", live=False)
    publish(title="单条信息")
    html = page(client)
    assert "通知公告" in html and department_page.title in html
    assert "草稿栏目" not in html and "单条信息" not in html


def test_style_page_is_for_staff_and_shows_every_component(client, admin_client, home):
    assert client.get("/styleguide/").status_code == 404
    html = page(admin_client, "/styleguide/")
    for part in ("error-summary", "sign-bad", "pager", "facts-key", "note-warn", "rows-plain", "fieldset"):
        assert part in html


@pytest.mark.parametrize("path", ["/no-such-page/", "/no/such/page", "/%F0%9F%8C%9E/"])
def test_a_missing_page_has_the_face_of_the_site(client, home, path):
    response = client.get(path, follow=True)
    html = response.content.decode()
    assert response.status_code == 404 and 'class="foot"' in html and 'role="search"' in html


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_faults_need_neither_database_nor_request(template, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = engines["django"].get_template(template).render({})
    assert "<h1>" in html and "components.css" in html


def test_an_outdated_form_is_explained(home):
    response = Client(enforce_csrf_checks=True).post(reverse("report_error"), {})
    assert response.status_code == 403 and 'class="process' in response.content.decode()


def test_pager_keeps_the_filters(rf):
    html = render_to_string("components/pager.html", {"page_obj": specimens(timezone.now())["page_obj"]}, RequestFactory().get("/items/?kind=guide&page=7"))
    assert "kind=guide&amp;page=8" in html and "…" in html and html.count("aria-current") == 1


def test_a_field_says_what_is_wrong_and_keeps_what_was_typed(rf):
    form = specimens(timezone.now())["form"]
    html = "".join(render_to_string("components/field.html", {"field": field}) for field in form)
    assert 'value="太短"' in html and 'aria-invalid="true"' in html and 'id="id_title_error"' in html
    assert re.search(r'aria-describedby="[^"]*id_title_error', html)
    summary = render_to_string("components/error_summary.html", {"form": form})
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in html


def test_facts_leave_out_what_is_empty(db):
    html = render_to_string("components/facts.html", {"facts": [("甲", ""), ("乙", "有"), ("丙", None), ("丁", 0)]})
    assert "甲" not in html and "丙" not in html and "<dd>有</dd>" in html and "<dd>0</dd>" in html


def test_styles_and_scripts_stay_small(settings):
    """At most 15 KB of styles and 6 KB of scripts, compressed."""
    import gzip

    face = settings.BASE_DIR / "static" / "face"
    assert sum(len(gzip.compress(path.read_bytes())) for path in face.glob("*.css")) <= 15 * 1024
    assert sum(len(gzip.compress(path.read_bytes())) for path in face.glob("*.js")) <= 6 * 1024


def test_templates_hold_no_inline_styles_or_scripts(settings):
    for path in [*(settings.BASE_DIR / "templates").glob("*.html"), *(settings.BASE_DIR / "templates").glob("[cp]o*/**/*.html")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*src)', text), path


def test_a_guide_below_a_closed_column_is_not_linked(home, add_section, rf):
    column = add_section("内部栏目", "inner")
    text = dict.fromkeys(("classification", "arrangement", "ways_to_get", "office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_online"), "x")
    column.add_child(instance=OpenGuidePage(title="公开指南", slug="guide", reviewed_on=dt.date(2026, 1, 1), **text))
    assert chrome_of(rf.get("/")).guide is not None
    PageViewRestriction.objects.create(page=column, restriction_type=PageViewRestriction.LOGIN)
    assert chrome_of(rf.get("/")).guide is None
