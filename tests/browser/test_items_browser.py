"""The pages of items in a real browser: every type in every look, on phones, on paper, and what the small script helps with."""

import datetime as dt
import os
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from pypdf import PdfReader
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale
from wagtail.rich_text import RichText

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.items.base import ItemAttachment
from disclosure.items.columns import ArticlePage
from disclosure.items.departments import establish
from disclosure.items.guides import GuideMaterial, GuideQuestion, GuideStep, ServiceGuidePage
from disclosure.items.kinds import ArticleCategory, InterpretationForm, NoticeCategory, Validity
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage, PolicyRelation
from portal.departments.models import Department
from portal.face.tree import ensure_site
from portal.files.models import PublicDocument, PublicImage
from tests.browser.axe import violations
from tests.conftest import credit_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ["", "mode=elder", "theme=dark", "contrast=high"]
WIDTHS = [1280, 390]
PICTURES = os.environ.get("PICTURES_OF_ITEMS")
"""A folder; when it is set, each page is also saved there as a picture, to be looked at."""


def law_text(file, image):
    """A document in chapters and articles, with a table, a picture and a link."""

    def say(words):
        return RichText(f"<p>{words}</p>")

    return [
        ("heading", {"text": "第一章　总则", "level": "2"}),
        ("article", {"number": "第一条", "text": say("为了方便老年人和行动不便的居民出行，改善老旧住宅的居住条件，结合本县实际，制定本办法。")}),
        ("article", {"number": "第二条",
            "text": say(f'本县城镇国有土地上四层以上的住宅，业主加装电梯并申请财政补助的，适用本办法。见<a linktype="document" id="{file.pk}">实施细则</a>。')}),
        ("article", {"number": "第二条之一", "text": RichText("<p>有下列情形之一的住宅，不适用本办法：</p><ol><li>已经列入征收计划的；</li><li>自建的独栋住宅。</li></ol>")}),
        ("heading", {"text": "第二章　申请条件", "level": "2"}),
        *[("article", {"number": f"第{n}条", "text": say("申请补助，应当由本单元业主参与表决，并经参与表决的业主同意。" * 3)}) for n in "三四五六七八九"],
        ("heading", {"text": "附表", "level": "2"}),
        ("table", {
            "columns": [{"type": "text", "heading": "层数"}, {"type": "text", "heading": "每台补助（万元）"}, {"type": "rich", "heading": "说明"}],
            "rows": [{"values": ["四层至六层", "20", "<p>按结算价的百分之四十</p>"]}, {"values": ["七层以上", "22", "<p>另加高层补助</p>"]}], "caption": "补助标准",
        }),
        ("picture", {"image": image, "alt": "从申请到领取的四步", "decorative": False, "caption": "办理流程"}),
    ]


def explaining_text(file):
    """An interpretation with questions, steps, a quote, a file and a video."""
    return [
        ("heading", {"text": "为什么要修改", "level": "2"}),
        ("paragraph", RichText("<p>原来的补助偏低，<b>高层</b>住宅尤其不够。</p><ul><li>提高比例</li><li>新增高龄补助</li></ul>")),
        ("heading", {"text": "常见问题", "level": "2"}),
        ("questions", [{"question": "一楼住户不同意，还能装吗？", "answer": RichText("<p>能。达到表决比例即可，但要先协商。</p>")}]),
        ("heading", {"text": "怎么申请", "level": "2"}),
        ("steps", [{"title": "表决", "text": RichText("<p>全体业主参与。</p>")}, {"title": "申请", "text": RichText("")}]),
        ("quote", {"text": "让老年人下得了楼。", "source": "起草人员"}),
        ("attachment", {"document": file, "title": "申请表"}),
        ("video", {"document": file, "title": "四分钟听懂", "transcript": "大家好。\n今天讲加装电梯。"}),
    ]


@pytest.fixture
def county(live_server):
    """A county with one page of each type and what belongs to it; returns the server's address and the pages by kind."""
    cache.clear()
    Locale.objects.get_or_create(language_code="zh-hans")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    ensure_site("阳光县人民政府")
    top = CatalogueItem.objects.create(code="t1", name="重点民生")
    leaf = CatalogueItem.objects.create(code="t1.1", name="住房保障", parent=top)
    theme = SubjectTheme.objects.create(code="x10", name="城乡建设、环境保护")
    body = Department.objects.create(name="阳光县住房和城乡建设局", short_name="县住建局", slug="zhujian", credit_code=credit_code(9100), phone="0000-6120088")
    below = establish(body)
    file = PublicDocument.objects.create(title="加装电梯补助申请表", file=ContentFile(b"%PDF-1.4 x" * 900, name="form.pdf"), file_size=9000)
    image = PublicImage.objects.create(title="流程", file=get_test_image_file(size=(640, 360)))
    today = timezone.localdate()

    def add(model, title, **fields):
        item = model(title=title, department=body, catalogue_item=leaf, **{"made_on": today - dt.timedelta(30), **fields})
        item.fill_in()
        below.add_child(instance=item)
        item.themes.add(theme)
        item.tags.add("住房", "电梯")
        item.save()
        return item

    old = add(PolicyDocumentPage, "既有住宅加装电梯补助试行办法", validity=Validity.REPEALED, lapses_on=today - dt.timedelta(20), made_on=today - dt.timedelta(900))
    policy = add(
        PolicyDocumentPage, "阳光县既有住宅加装电梯补助办法", document_number="阳政规〔2026〕3号", summary="多数业主同意加装的老楼，县里每台最高补助 20 万元。", is_normative=True,
        registration_number="YGGS—2026—3", effective_on=today - dt.timedelta(20), lapses_on=today + dt.timedelta(1800), body=law_text(file, image), legal_basis="《某条例》第三条",
    )
    PolicyRelation.objects.create(later=policy, act=PolicyRelation.Act.REPEALS, earlier=old, note="自施行之日起废止")
    ItemAttachment.objects.create(item=policy, document=file)
    reading = add(InterpretationPage, "一楼住户不同意，还能装吗", document=policy, form=InterpretationForm.QA, interpreter="县住建局", body=explaining_text(file))
    add(InterpretationPage, "一图看懂：我们楼能补多少", document=policy, form=InterpretationForm.GRAPHIC)
    guide = add(
        ServiceGuidePage, "既有住宅加装电梯补助申领", summary="电梯验收合格以后，业主代表来领补助。", audience_note="本单元业主代表", for_organisations=True,
        conditions="住宅四层以上，没有电梯\n已经办理使用登记", legal_time=20, promised_time=5,
        visits=1, place="县政务服务大厅二楼 12 号窗口", hours="工作日 8:30—12:00，14:30—17:30",
        ways="窗口、网上、快递", online_url="https://zwfw.yangguang.example/dt",
        consult_phone="0000-6120088", complaint_phone="12345", result_name="补助拨付通知书", delivery="窗口领取，或者邮寄",
        special_steps="现场核验：五个工作日，依据本办法第八条", legal_basis="《阳光县既有住宅加装电梯补助办法》第七条\n《某条例》第三条",
        remedy="对决定不服的，可以在六十日内申请行政复议。", task_code="11990100MB0009100X4001009000",
    )
    for number, name in enumerate(("业主代表身份证", "电梯使用登记证", "工程结算书")):
        GuideMaterial.objects.create(guide=guide, name=name, sort_order=number, source="申请人自备",
            basis="本办法第九条", note="看后退还", blank_form=file if number else None, sample=file)
        GuideStep.objects.create(guide=guide, name=("申请", "受理", "审核")[number], sort_order=number, text="窗口当场看材料，缺什么一次说清。", time="1.5", office="物业管理股")
        GuideQuestion.objects.create(guide=guide, question=f"可以请别人代办吗（{number}）", answer="可以，带上委托书。", sort_order=number)
    call = add(
        NoticePage, "关于加装电梯补助办法修改稿公开征求意见的公告", notice_kind=NoticeCategory.CONSULTATION,
        period_start=today, period_end=today + dt.timedelta(30), how_to_hand_in="来信、来电或者网上提交",
        contact="县住建局物业管理股", body=[("paragraph", RichText("<p>现将修改稿公布，欢迎提出意见。</p>"))],
    )
    add(NoticePage, "加装电梯补助办法修改稿意见采纳情况", notice_kind=NoticeCategory.CONSULTATION_RESULT, original=call)
    leader = add(ArticlePage, "某某", article_kind=ArticleCategory.LEADER, person_name="某某", position="县长", duties="主持县人民政府全面工作。\n分管审计工作。", photo=image)
    pages = {"policy": policy, "interpretation": reading, "guide": guide, "notice": call, "leader": leader}
    yield SimpleNamespace(url=live_server.url, pages={kind: item.url for kind, item in pages.items()})
    cache.clear()


def open_page(page, county, kind, look="", width=1280):
    """Open the page of a kind; returns the list to which errors and foreign requests are written."""
    trouble = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith((county.url, "data:")) else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.context.clear_cookies()
    if look:
        page.context.add_cookies([{"name": "look", "value": look, "url": county.url}])
    page.goto(county.url + county.pages[kind])
    return trouble


@pytest.mark.parametrize("kind", ["policy", "interpretation", "guide", "notice", "leader"])
def test_every_type_keeps_the_rules_of_access_in_every_look(page, county, kind):
    """Four looks at two widths: no violation, no error, no foreign host, no sideways scrolling."""
    found = []
    for look in LOOKS:
        for width in WIDTHS:
            trouble = open_page(page, county, kind, look, width)
            where = f"{kind} {look or 'plain'} {width}"
            found += [f"{where}: {line}" for line in [*violations(page), *set(trouble)]]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{where}: scrolls sideways")
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{kind}-{look.replace('=', '-') or 'plain'}-{width}.png", full_page=True)
    assert found == []


def test_nothing_scrolls_sideways_at_320(page, county):
    """Reflow (WCAG 1.4.10): every type at 320 pixels, also for elders."""
    wide = []
    for kind in county.pages:
        for look in ("", "mode=elder"):
            open_page(page, county, kind, look, 320)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(f"{kind} {look}")
    assert wide == []


def test_a_guide_prints_as_a_leaflet_of_two_pages(page, county):
    """Page one: can I and what to bring; page two: how long, where and how."""
    open_page(page, county, "guide")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    if PICTURES:
        (Path(PICTURES) / "guide.pdf").write_bytes(pdf)
    assert len(PdfReader(BytesIO(pdf)).pages) == 2


def test_an_article_is_marked_and_its_link_copied(page, county):
    """Following the number of an article marks it and offers its address."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=county.url)
    open_page(page, county, "policy")
    button = page.locator(".art-copy button")
    assert not button.is_visible()
    page.locator("#art-2-1 .art-no").click()
    button.click()
    page.locator("[role=status]").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("#art-2-1")


def test_without_a_script_everything_can_be_read_and_ticked(browser, county):
    """No script: the checklist ticks, questions open, contents lead to their places, no dead button shows."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(county.url + county.pages["guide"])
    page.get_by_label("业主代表身份证").check()
    page.locator("details.fold summary").last.click()
    assert page.locator("details.fold").last.locator("div").is_visible()
    page.locator(".toc a[href='#law']").click()
    assert page.url.endswith("#law")
    assert not page.locator("[data-do=print]").first.is_visible()
    context.close()
