"""The public face in a real browser: rules of access, reflow, no foreign host, no error in the console."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Locale

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.columns import ArticlePage, DepartmentPage
from disclosure.items.departments import establish
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage
from portal.departments.models import Department
from portal.face.tree import ensure_site
from portal.site.models import PortalSettings
from tests.browser.axe import violations
from tests.conftest import credit_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ["", "mode=elder", "theme=dark", "contrast=high", "contrast=high&theme=dark"]
WIDTHS = [1280, 390]


def add(parent: DepartmentPage, model: type, leaf: CatalogueItem, **fields: object) -> None:
    """A published item below `parent`."""
    item = model(department=parent.department, catalogue_item=leaf, made_on=timezone.localdate(), **fields)
    item.fill_in()
    parent.add_child(instance=item)


@pytest.fixture
def site(live_server):
    """A small county behind the live server; returns the server's address."""
    cache.clear()
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    ensure_site("阳光县人民政府")
    PortalSettings.objects.update(tagline="政务公开", office_name="政务公开办公室", office_phone="0000-6120024", organiser="阳光县人民政府办公室", icp_number="ICP备00000000号")
    leaf = CatalogueItem.objects.create(code="t1", name="重点民生")
    pages = [
        establish(Department.objects.create(name=f"阳光县{name}", short_name=name, slug=f"d{number}", credit_code=credit_code(9000 + number)))
        for number, name in enumerate(("民政局", "教育局", "财政局"))
    ]
    add(pages[0], PolicyDocumentPage, leaf, title="既有住宅加装电梯补助办法", document_number="阳政规〔2026〕3号")
    policy = PolicyDocumentPage.objects.get()
    add(pages[0], InterpretationPage, leaf, title="一楼住户不同意怎么办", document=policy, form="qa")
    for kind in ("notice", "publicity", "news", "finance"):
        add(pages[1], NoticePage, leaf, title=f"关于中秋国庆假期政务服务大厅开放时间的安排（{kind}）", notice_kind=kind)
    add(pages[2], ServiceGuidePage, leaf, title="户口迁移", life_events=["hukou", "marriage"])
    add(pages[2], ArticlePage, leaf, title="某某", article_kind="leader", person_name="某某", position="县长")
    yield live_server.url
    cache.clear()


def open_with(page, site, path, look, width):
    """Open `path` in a look at a width; returns the list that console errors and foreign requests are written to."""
    trouble = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith((site, "data:")) else None)
    page.set_viewport_size({"width": width, "height": 900})
    if look:
        page.context.add_cookies([{"name": "look", "value": look, "url": site}])
    page.goto(site + path)
    return trouble


def test_pages_keep_the_rules_of_access_in_every_look(page, site):
    """Home, site map, display settings and 404 in five looks at two widths: no violation, no error, no foreign host, no sideways scrolling."""
    found = []
    for path in ("/", "/site-map/", "/preferences/", "/no-such-page/"):
        for look in LOOKS:
            for width in WIDTHS:
                page.context.clear_cookies()
                trouble = open_with(page, site, path, look, width)
                expected = [text for text in trouble if path == "/no-such-page/" and "404" in text]
                where = f"{path} {look or 'standard'} {width}: "
                found += [where + text for text in trouble if text not in expected]
                found += [where + text for text in violations(page)]
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found.append(where + "scrolls sideways")
    assert found == []


def test_home_reflows_at_320_pixels(page, site):
    for look in ("", "mode=elder"):
        page.context.clear_cookies()
        open_with(page, site, "/", look, 320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_elder_mode_is_large_and_remembered(page, site):
    """Text at least 18 pt (24 px), targets at least 60 px, on the next page too, and back again."""
    open_with(page, site, "/site-map/", "", 1280)
    page.locator(".topbar a").first.click()
    assert page.url == site + "/site-map/"
    page.goto(site + "/")
    assert page.locator("html").get_attribute("data-mode") == "elder"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 23.9
    heights = page.evaluate("[...document.querySelectorAll('.btn, .nav a, .door a')].filter(a => a.offsetParent).map(a => a.getBoundingClientRect().height)")
    assert heights and min(heights) >= 59.9
    page.locator(".topbar a").first.click()
    assert page.locator("html").get_attribute("data-mode") is None


def test_display_settings_work_without_javascript(browser, browser_context_args, site):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/preferences/?next=/site-map/")
    page.locator("input[name=contrast][value=high]").check()
    page.locator("input[name=theme][value=dark]").check()
    page.locator("main button[type=submit]").click()
    assert page.url == site + "/site-map/"
    assert page.locator("html").get_attribute("data-contrast") == "high"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_keyboard_reaches_the_text_first(page, site):
    open_with(page, site, "/", "", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_paper_has_no_navigation_but_source_and_address(page, site):
    open_with(page, site, "/", "", 1280)
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible() and not page.locator(".topbar").is_visible()
    assert site in page.locator(".print-foot").inner_text()
