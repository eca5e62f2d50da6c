"""The pages of items as everybody gets them: head, facts, relations both ways, what may not be seen, and their query budgets."""

import datetime as dt
import json
import re
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from disclosure.items.base import DisclosureItem, ItemAttachment
from disclosure.items.columns import ArticlePage
from disclosure.items.guides import GuideMaterial, GuideQuestion, GuideStep, ServiceGuidePage
from disclosure.items.kinds import ArticleCategory, InterpretationForm, Mode, NoticeCategory, Origin, Validity
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage, PolicyRelation
from portal.files.models import PublicDocument, PublicImage

TODAY = dt.date(2026, 9, 24)
BUDGET = 15


def soup_of(client: Any, item: Any) -> BeautifulSoup:
    """The page of `item` as it is served."""
    response = client.get(item.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def facts_in(soup: BeautifulSoup) -> dict[str, str]:
    """Labels and values of the page's blocks of facts."""
    return {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in soup.select(".facts > div")}


def queries_of(client: Any, item: Any) -> list[str]:
    """The queries of one view, after a first one has filled the caches of the process."""
    client.get(item.url)
    with CaptureQueriesContext(connection, ) as caught:
        assert client.get(item.url).status_code == 200
    return [query["sql"] for query in caught.captured_queries]


def document(title: str = "申请表", content: bytes = b"%PDF-1.4 test") -> PublicDocument:
    """A public file."""
    return PublicDocument.objects.create(title=title, file=ContentFile(content, name="form.pdf"), file_size=len(content))


def picture() -> PublicImage:
    """A public picture."""
    return PublicImage.objects.create(title="图", file=get_test_image_file())


def every_block() -> list[tuple[str, Any]]:
    """One block of each type, with links to a file in the rich texts."""
    file, image = document(), picture()
    link = f'<p>见<a linktype="document" id="{file.pk}">附件</a>。</p>'
    return [
        ("heading", {"text": "第一章　总则", "level": "2"}),
        ("heading", {"text": "第一节　范围", "level": "3"}),
        ("paragraph", RichText(link)),
        ("article", {"number": "第一条", "text": RichText("<p>为了方便群众，制定本办法。</p>")}),
        ("article", {"number": "第一条之一", "text": RichText(link)}),
        ("table", {"columns": [{"type": "text", "heading": "项目"}, {"type": "rich", "heading": "金额"}], "rows": [{"values": ["电梯", "<p>20 万元</p>"]}], "caption": "补助标准"}),
        ("picture", {"image": image, "alt": "流程图：先申请，后领取", "decorative": False, "caption": "流程"}),
        ("picture", {"image": image, "alt": "", "decorative": True, "caption": ""}),
        ("attachment", {"document": file, "title": "样表"}),
        ("quote", {"text": "办事不求人<b>", "source": "某某"}),
        ("questions", [{"question": "要几天？", "answer": RichText("<p>五天。</p>")}]),
        ("steps", [{"title": "申请", "text": RichText(link)}]),
        ("video", {"document": file, "title": "四分钟", "transcript": "第一句\n第二句"}),
    ]


def test_head_facts_and_meta_tags(publish, client, department_page):
    policy = publish(
        PolicyDocumentPage, title="阳光县既有住宅加装电梯补助办法", document_number="阳政规〔2024〕3号", summary="谁能申请、补多少。", signed_on=dt.date(2024, 5, 20),
        effective_on=dt.date(2024, 6, 20), registration_number="YGFS—2024—9", is_normative=True, author="张三",
    )
    policy.tags.add("电梯", "补助")
    policy.save()
    soup = soup_of(client, policy)
    assert [h1.get_text() for h1 in soup.find_all("h1")] == [policy.title]
    values = " ".join(facts_in(soup).values())
    for expected in (policy.document_number, policy.index_number, "2024年5月20日", "2024年6月20日", "YGFS—2024—9", "电梯", "社会救助", department_page.title):
        assert expected in values
    meta = {tag["name"]: tag["content"] for tag in soup.find_all("meta", attrs={"name": True})}
    assert (meta["ArticleTitle"], meta["ContentSource"], meta["Author"], meta["ColumnType"]) == (policy.title, department_page.title, "张三", "政策文件")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", meta["PubDate"])
    data = json.loads(soup.find("script", type="application/ld+json").string)
    assert (data["@type"], data["legislationIdentifier"]) == ("Legislation", policy.document_number)
    assert [link.get_text() for link in soup.select(".crumbs a")][1:] == [str(policy.department), soup.select(".crumbs a")[-1].get_text()]


@pytest.mark.parametrize(("model", "kind"), [(NoticePage, "NewsArticle"), (PolicyDocumentPage, "Legislation"),
    (ServiceGuidePage, "GovernmentService"), (InterpretationPage, "NewsArticle"), (ArticlePage, "NewsArticle")])
def test_every_type_with_every_block_is_shown_and_names_itself(publish, client, model, kind):
    item = publish(model, body=every_block())
    soup = soup_of(client, item)
    assert json.loads(soup.find("script", type="application/ld+json").string)["@type"] == kind
    assert len(soup.find_all("h1")) == 1
    assert soup.find(id="art-1") and soup.find(id="art-1-1")
    assert soup.select_one(".scroll[tabindex][aria-label] table caption").get_text() == "补助标准"
    assert [image["alt"] for image in soup.select(".picture img")] == ["流程图：先申请，后领取", ""]
    assert "办事不求人<b>" in soup.select_one("blockquote").get_text()
    assert soup.select_one("video") and "第二句" in soup.select_one("figure.video details").get_text()
    assert not soup.select("[style]") and not soup.select("[onclick]")
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), "an id stands twice"
    anchors = {link["href"][1:] for link in soup.select("a[href^='#']")}
    assert anchors <= set(ids), f"links into nowhere: {anchors - set(ids)}"


def test_what_was_typed_is_escaped(publish, client):
    evil = "<script>alert(1)</script>"
    guide = publish(ServiceGuidePage, title=evil, summary=evil, conditions=evil, fee=evil,
        has_fee=True, fee_basis=evil, place=evil, legal_basis=evil, remedy=evil, special_steps=evil)
    GuideMaterial.objects.create(guide=guide, name=evil, note=evil)
    assert evil.encode() not in client.get(guide.url).content.replace(b'<script type="application/ld+json">', b"")


def test_reposted_items_name_their_source_with_a_link(publish, client):
    notice = publish(origin=Origin.REPOSTED, source_name="省人民政府", source_url="https://www.example.gov.cn/a")
    soup = soup_of(client, notice)
    link = soup.select_one("a.leaving")
    assert link["href"] == notice.source_url and "省人民政府" in link.get_text()
    assert soup.find("meta", attrs={"name": "ContentSource"})["content"] == "省人民政府"


def test_a_renamed_department_keeps_its_old_name_on_old_items(publish, client, department_page):
    notice = publish()
    department_page.department.rename("阳光县民政和社会事务局", "县民政社事局", timezone.localdate())
    soup = soup_of(client, notice)
    assert "阳光县民政局" in facts_in(soup).values()
    assert "阳光县民政和社会事务局" in soup.select_one(".item-head .note").get_text()


def test_a_merged_department_says_who_answers_today(publish, client, make_department):
    closed, heir = make_department("阳光县旧局"), make_department("阳光县新局", phone="0000-6120001")
    notice = publish(parent=closed)
    department = closed.department
    department.closed_on, department.successor = timezone.localdate(), heir.department
    department.save()
    note = soup_of(client, notice).select_one(".item-head .note")
    assert note.a["href"] == heir.url and "0000-6120001" in note.get_text()


def test_the_date_of_updating_is_shown_only_when_later(publish, client):
    notice = publish()
    assert len(soup_of(client, notice).select(".item-head time")) == 1
    DisclosureItem.objects.filter(pk=notice.pk).update(published_at=timezone.now() - dt.timedelta(days=3), last_published_at=timezone.now())
    assert len(soup_of(client, notice).select(".item-head time")) == 2


def test_attachments_say_type_and_size(publish, client):
    notice = publish()
    ItemAttachment.objects.create(item=notice, document=document("实施细则", b"%PDF-1.4" + b"x" * 2048), title="")
    words = soup_of(client, notice).select_one(".files").get_text(" ", strip=True)
    assert "实施细则" in words and "PDF" in words and "2.0" in words


def test_neighbours_are_of_the_same_kind_and_department(publish, client, make_department):
    first, second, third = (publish(NoticePage) for _ in range(3))
    publish(PolicyDocumentPage)
    publish(NoticePage, parent=make_department())
    soup = soup_of(client, second)
    assert (soup.find("a", rel="prev")["href"], soup.find("a", rel="next")["href"]) == (first.url, third.url)
    assert not soup_of(client, first).find("a", rel="prev")
    assert not soup_of(client, third).find("a", rel="next")


def test_neighbours_hold_for_items_of_the_same_moment(publish, client):
    moment = timezone.now() - dt.timedelta(days=2)
    items = [publish(NoticePage, published_at=moment) for _ in range(4)]
    forward = [soup_of(client, item).find("a", rel="next") for item in items]
    assert [link["href"] if link else None for link in forward] == [items[1].url, items[2].url, items[3].url, None]


def test_policy_and_interpretation_are_linked_both_ways(publish, client):
    policy = publish(PolicyDocumentPage, document_number="阳政发〔2025〕8号")
    readings = [publish(InterpretationPage, document=policy, form=form) for form in (InterpretationForm.QA, InterpretationForm.VIDEO)]
    shown = [link["href"] for link in soup_of(client, policy).select("#reading a")]
    assert set(shown) == {reading.url for reading in readings}
    soup = soup_of(client, readings[0])
    assert soup.select_one(".panel-blue a")["href"] == policy.url and "阳政发〔2025〕8号" in soup.select_one(".panel-blue").get_text()
    assert soup.select_one(f"section[aria-labelledby=more-reading] a[href='{readings[1].url}']")


def test_relations_of_documents_are_told_on_both(publish, client):
    old = publish(PolicyDocumentPage, title="旧办法", history=["2001年1月2日 县人民政府通过"],
        made_on=dt.date(2001, 1, 3), validity=Validity.REPEALED, lapses_on=dt.date(2025, 1, 1))
    new = publish(PolicyDocumentPage, title="新办法", made_on=dt.date(2024, 12, 1), effective_on=dt.date(2025, 1, 1))
    PolicyRelation.objects.create(later=new, act=PolicyRelation.Act.REPEALS, earlier=old)
    on_old, on_new = soup_of(client, old).select_one("ol.line"), soup_of(client, new).select_one("ol.line")
    assert on_old.a["href"] == new.url and on_new.a["href"] == old.url
    days = [tag["datetime"] for tag in on_old.find_all("time")]
    assert days == sorted(days) and days[0] == "2001-01-02"
    assert len(on_old.select("li.now")) == 1


def test_a_document_that_will_lapse_shows_the_day_as_still_to_come(publish, client):
    policy = publish(PolicyDocumentPage, lapses_on=timezone.localdate() + dt.timedelta(days=400), effective_on=timezone.localdate() - dt.timedelta(days=30))
    assert soup_of(client, policy).select_one("ol.line li.next time")["datetime"] == policy.lapses_on.isoformat()


def test_notices_and_their_follow_ups_are_linked_both_ways(publish, client):
    call = publish(notice_kind=NoticeCategory.CONSULTATION, period_start=timezone.localdate(), period_end=timezone.localdate() + dt.timedelta(days=30))
    result = publish(notice_kind=NoticeCategory.CONSULTATION_RESULT, original=call)
    assert soup_of(client, call).select_one("section[aria-labelledby=follow-ups] a")["href"] == result.url
    assert soup_of(client, result).select_one("section[aria-labelledby=original] a")["href"] == call.url
    assert "30" in soup_of(client, call).select_one(".period").get_text()


def test_the_fields_of_a_category_are_shown(publish, client):
    tender = publish(
        notice_kind=NoticeCategory.TENDER, project_name="学校扩建", amount="1234567.80", deadline=dt.datetime(2026, 10, 8, 9, 30, tzinfo=timezone.get_current_timezone()), platform_url="https://ggzy.example.gov.cn/",
    )
    table = soup_of(client, tender).select_one("section[aria-labelledby=fields]").get_text(" ", strip=True)
    assert all(words in table for words in ("学校扩建", "1,234,567.80", "2026年10月8日 09:30", "https://ggzy.example.gov.cn/"))


def test_a_guide_answers_in_the_order_of_the_questions(publish, client):
    guide = publish(
        ServiceGuidePage, conditions="在本县居住\n年满60周岁", legal_time=20, promised_time=5,
            place="政务大厅", consult_phone="0000-6120088", legal_basis="《某法》第三条", remedy="可以申请复议",
        has_fee=True, fee="工本费10元", fee_basis="某价〔2020〕1号", visits=1, result_name="证书",
    )
    file = document()
    GuideMaterial.objects.create(guide=guide, name="身份证", copies=2, form=GuideMaterial.Form.COPY, blank_form=file, sample=file)
    GuideStep.objects.create(guide=guide, name="受理", time="0.5", office="窗口")
    GuideQuestion.objects.create(guide=guide, question="可以代办吗", answer="可以。")
    soup = soup_of(client, guide)
    order = [heading["id"] for heading in soup.select(".leaflet section > h2") if heading.get("id") in ("can", "need", "time", "cost", "where", "steps", "result", "faq", "law")]
    assert order == ["can", "need", "time", "cost", "where", "steps", "result", "faq", "law"]
    assert len(soup.select("#need ~ ul input[type=checkbox]")) == 1 and len(soup.select("#need ~ ul a[href*='/documents/']")) == 2
    assert soup.select_one(".page-2 #time") and soup.select_one("main.leaflet")
    assert [li.get_text() for li in soup.select(".conditions li")] == ["在本县居住", "年满60周岁"]
    assert "0.5" in soup.select_one(".process").get_text()


@pytest.mark.parametrize(("fields", "shown"), [
    ({"has_fee": None, "consult_phone": "0000-6120088"}, "Not stated here; ask at the phone number below."),
    ({"has_fee": None}, "Not stated here; ask the responsible body."),
    ({"has_fee": None, "fee": "工本费10元"}, "工本费10元"),
    ({"has_fee": True}, "There is a fee; the amount is not stated here."),
    ({"has_fee": True, "fee": "工本费10元"}, "工本费10元"),
    ({"has_fee": False}, "There is no fee."),
])
def test_free_is_said_only_where_the_guide_says_it(publish, client, fields, shown):
    guide = publish(ServiceGuidePage)
    # As an import leaves it, past the checks of the editor.
    ServiceGuidePage.objects.filter(pk=guide.pk).update(**fields)
    soup = soup_of(client, guide)
    cost = soup.select_one("section[aria-labelledby=cost]").get_text()
    assert gettext(shown) in cost
    is_free = fields["has_fee"] is False
    assert (gettext("There is no fee.") in cost) is is_free
    assert ("0" in [answer.find(string=True, recursive=False) for answer in soup.select(".kpi .big")]) is is_free


def test_what_a_material_leaves_open_is_absent(publish, client):
    guide = publish(ServiceGuidePage)
    for name, stated in (("身份证", {}), ("申请表", {"copies": 2, "form": "copy", "need": "optional"}), ("照片", {"need": "required"})):
        GuideMaterial.objects.create(guide=guide, name=name, sort_order=GuideMaterial.objects.count(), **stated)
    rows = soup_of(client, guide).select("ul.check > li")
    assert [len(row.select(".tag")) for row in rows] == [0, 3, 0]
    assert rows[0].get_text(strip=True) == "身份证"
    assert rows[2].find("p") is None


def test_a_leader_is_shown_with_photo_and_duties(publish, client):
    leader = publish(ArticlePage, title="某某", article_kind=ArticleCategory.LEADER, person_name="某某", position="县长", duties="主持县人民政府全面工作。", photo=picture())
    soup = soup_of(client, leader)
    assert soup.h1.get_text() == "某某" and soup.select_one("img.leader-photo")["alt"] == ""
    assert "主持县人民政府全面工作" in soup.select_one("section[aria-labelledby=duties]").get_text()
    assert soup.find("meta", attrs={"name": "ColumnType"})["content"] == "负责人信息"


def test_nothing_hidden_shows_on_another_page(publish, client, make_department):
    locked = make_department("阳光县内部局")
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    policy = publish(PolicyDocumentPage)
    hidden = [
        publish(InterpretationPage, document=policy, live=False),
        publish(InterpretationPage, document=policy, mode=Mode.ON_APPLICATION),
        publish(InterpretationPage, document=policy, parent=locked),
        publish(PolicyDocumentPage, live=False), publish(PolicyDocumentPage, mode=Mode.ON_APPLICATION),
    ]
    PolicyRelation.objects.create(later=policy, act=PolicyRelation.Act.AMENDS, earlier=hidden[3])
    PolicyRelation.objects.create(later=hidden[4], act=PolicyRelation.Act.REPEALS, earlier=policy)
    page = client.get(policy.url).content.decode()
    assert [item.title for item in hidden if item.title in page] == []


def test_a_locked_item_asks_for_the_login(publish, client, department_page):
    notice = publish()
    PageViewRestriction.objects.create(page=department_page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(notice.url).status_code == 302


def test_drafts_and_unknown_addresses_are_not_found(publish, client):
    notice = publish(live=False)
    assert client.get(notice.url).status_code == 404
    assert client.get(notice.url + "x/").status_code == 404


@pytest.mark.parametrize("model", [NoticePage, PolicyDocumentPage, InterpretationPage, ServiceGuidePage, ArticlePage])
def test_an_unsaved_item_can_be_previewed(department_page, model):
    item = model(title="草稿", department=department_page.department, body=every_block())
    item.kind, item.category = item.kind_and_category()
    if model is ServiceGuidePage:
        item.materials = [GuideMaterial(name="身份证")]
    request = RequestFactory().get("/")
    response = item.make_preview_request(request)
    assert response.status_code == 200 and "草稿" in response.rendered_content


def crowd(publish: Any, item: Any, number: int) -> None:
    """`number` of everything that can stand beside an item."""
    file = document()
    for index in range(number):
        ItemAttachment.objects.create(item=item, document=file, title=f"附件{index}")
        publish(type(item))
        if isinstance(item, PolicyDocumentPage):
            publish(InterpretationPage, document=item)
            PolicyRelation.objects.create(later=item, act=PolicyRelation.Act.IMPLEMENTS, earlier=publish(PolicyDocumentPage))
            PolicyRelation.objects.create(later=publish(PolicyDocumentPage), act=PolicyRelation.Act.AMENDS, earlier=item)
        if isinstance(item, NoticePage):
            publish(NoticePage, original=item)
        if isinstance(item, ServiceGuidePage):
            GuideMaterial.objects.create(guide=item, name=f"材料{index}", blank_form=file, sample=file)
            GuideStep.objects.create(guide=item, name=f"步骤{index}", sort_order=index)
            GuideQuestion.objects.create(guide=item, question=f"问题{index}", answer="答")
    item.tags.add(*[f"词{index}" for index in range(number)])
    item.save()


@pytest.mark.parametrize("model", [NoticePage, PolicyDocumentPage, InterpretationPage, ServiceGuidePage, ArticlePage])
def test_query_budget_of_every_type(publish, client, model):
    """At most 15 queries, and as many with ten of everything as with two."""
    item = publish(model)
    crowd(publish, item, 2)
    few = queries_of(client, item)
    crowd(publish, item, 8)
    many = queries_of(client, item)
    assert len(many) <= BUDGET, "\n".join(many)
    assert len(few) == len(many)


def test_choosers_in_the_text_are_fetched_together(publish, client):
    """The pictures, files and links of a text cost the same however many there are."""
    blocks = [block for block in every_block() if block[0] in ("picture", "attachment", "paragraph", "steps")]
    few, many = publish(NoticePage, body=blocks), publish(NoticePage, body=blocks * 6)
    assert len(queries_of(client, few)) == len(queries_of(client, many))


@pytest.mark.slow
def test_a_law_of_500_articles_is_fast(publish, client):
    """Under 300 ms of work, the best of three; its articles can all be linked to."""
    body = [("article", {"number": f"第{number}条", "text": RichText("<p>" + "为了保护公民的合法权益，" * 12 + "</p>")}) for number in range(1, 501)]
    law = publish(PolicyDocumentPage, body=body)
    times = []
    for _ in range(3):
        started = time.process_time()
        response = client.get(law.url)
        times.append(time.process_time() - started)
    assert b'id="art-500"' in response.content
    assert min(times) < 0.3, times
