"""The home page: every part from what is public, nothing dead, few queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from disclosure.items.columns import ArticlePage, OpenGuidePage, SectionPage
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.kinds import Mode
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage
from portal.departments.models import Department
from portal.face.home import HomeView

pytestmark = pytest.mark.django_db


@pytest.fixture
def view():
    return HomeView(timezone.now())


def test_an_empty_county_has_a_home_page_without_empty_parts(client, home):
    html = client.get("/").content.decode()
    assert "<h1" in html and 'role="search"' in html
    for part in ("h-policy", "h-new", "h-leaders", "h-dep", 'id="d-do"'):
        assert part not in html


def test_a_policy_stands_with_its_public_interpretations(client, publish):
    policy = publish(PolicyDocumentPage, title="既有住宅加装电梯补助办法", document_number="阳政规〔2026〕3号")
    publish(InterpretationPage, title="一楼住户不同意怎么办", document=policy, form="qa")
    publish(InterpretationPage, title="尚未公开的解读", document=policy, live=False)
    publish(InterpretationPage, title="依申请公开的解读", document=policy, mode=Mode.ON_APPLICATION)
    html = client.get("/").content.decode()
    assert "既有住宅加装电梯补助办法" in html and "一楼住户不同意怎么办" in html
    assert "尚未公开的解读" not in html and "依申请公开的解读" not in html


def test_life_events_lead_to_guides_that_exist(client, publish):
    publish(ServiceGuidePage, title="户口迁移", life_events=["hukou", "marriage"])
    publish(ServiceGuidePage, title="结婚登记", life_events=["marriage"])
    publish(ServiceGuidePage, title="不公开的指南", life_events=["birth"], live=False)
    doors = HomeView(timezone.now()).life_events
    assert [(door.url.split("life_event=")[1], door.total) for door in doors] == [("hukou", 1), ("marriage", 2)]
    for door in doors:
        assert client.get(door.url).status_code == 200


def test_groups_show_the_newest_first_and_leave_out_empty_ones(publish, view):
    older, newer = publish(title="旧通知"), publish(title="新通知")
    publish(title="公示", notice_kind="publicity")
    NoticePage.objects.filter(pk=older.pk).update(published_at=timezone.now() - dt.timedelta(days=3))
    groups = {group.name: [item.title for item in group.items] for group in view.groups}
    assert groups == {"notices": ["新通知", "旧通知"], "publicity": ["公示"]}
    assert newer.published_at


def test_counts_are_of_public_items_and_of_this_month(publish, view):
    publish()
    old = publish()
    publish(mode=Mode.ON_APPLICATION)
    NoticePage.objects.filter(pk=old.pk).update(published_at=timezone.now() - dt.timedelta(days=62))
    assert (view.total, view.this_month) == (2, 1)


def test_leaders_stand_in_their_rank(publish, view):
    publish(ArticlePage, title="乙", article_kind="leader", person_name="乙某", rank=2)
    publish(ArticlePage, title="甲", article_kind="leader", person_name="甲某", position="县长", rank=1)
    assert [(leader.person, leader.position) for leader in view.leaders] == [("甲某", "县长"), ("乙某", "")]


def test_closed_bodies_are_not_offered(make_department, view):
    make_department("阳光县旧局", closed_on=dt.date(2020, 1, 1))
    make_department("阳光县城关镇", kind=Department.Kind.TOWNSHIP)
    make_department("阳光县新局")
    assert [str(page.department) for page in view.departments] == ["新局"]
    assert [str(page.department) for page in view.townships] == ["城关镇"]


def test_examples_are_the_editors_or_find_something(publish, view):
    publish(title="停水通知")
    publish(PolicyDocumentPage, title="办法", document_number="阳政规〔2026〕3号")
    assert view.examples == ["停水通知", "阳政规〔2026〕3号"]
    assert HomeView(timezone.now(), "户口， 公积金,低保,电梯,第五个").examples == ["户口", "公积金", "低保", "电梯"]


def test_an_arrangement_of_the_editors_replaces_the_standard_one(client, home, publish):
    publish(title="某个通知")
    section = home.add_child(instance=SectionPage(title="通知公告", slug="notices", description="通知", keywords="通知", column_type="通知公告", kinds=["notice"]))
    home.arrangement = [("links", {"heading": "常用", "pages": [section]}), ("section", {"section": section, "count": 3}), ("departments", None)]
    home.save_revision().publish()
    html = client.get("/").content.decode()
    assert "常用" in html and "某个通知" in html and f"h-column-{section.pk}" in html
    assert 'id="d-find"' not in html


def test_what_needs_a_login_is_not_on_the_home_page(client, publish, department_page):
    publish(title="只给内部看的通知")
    PageViewRestriction.objects.create(page=department_page, restriction_type=PageViewRestriction.LOGIN)
    assert "只给内部看的通知" not in client.get("/").content.decode()


def fill(publish, department_page, number):
    """`number` items of the kinds that the home page shows."""
    for turn in range(number):
        policy = publish(PolicyDocumentPage, document_number=f"阳政发〔2026〕{turn + 1}号")
        publish(InterpretationPage, document=policy)
        for kind in ("notice", "publicity", "news", "finance"):
            publish(notice_kind=kind)
        publish(ServiceGuidePage, life_events=["hukou"])
        publish(ArticlePage, article_kind="leader", person_name="某")


@pytest.mark.parametrize("number", [1, 12])
def test_query_budget(client, publish, department_page, number, django_assert_max_num_queries):
    """Home page: at most 15 queries, with 8 items as with 96."""
    fill(publish, department_page, number)
    department_page.get_parent().get_parent().add_child(instance=OpenGuidePage(
        title="公开指南", slug="guide", classification="类", arrangement="排", ways_to_get="取", office_name="办", office_address="址", office_hours="时",
        office_phone="1", office_fax="2", office_online="3", reviewed_on=dt.date(2026, 1, 1),
    ))
    client.get("/")
    with django_assert_max_num_queries(15):
        assert client.get("/").status_code == 200


def test_the_number_of_queries_does_not_grow(client, home, publish, department_page):
    fill(publish, department_page, 2)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    fill(publish, department_page, 8)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few)
