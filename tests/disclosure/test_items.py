"""What holds for every item: its date of first publication, its copy, its department, its text, its warnings."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from disclosure.items.base import DisclosureItem
from disclosure.items.blocks import BodyBlocks, PictureBlock
from disclosure.items.clean_html import clean_html
from disclosure.items.kinds import Mode
from disclosure.items.notices import NoticePage
from portal.files.models import PublicImage
from portal.site.models import PortalSettings

pytestmark = pytest.mark.django_db
PAST = timezone.make_aware(dt.datetime(2020, 1, 1, 8))  # noqa: DTZ001 - made aware here
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def draft(department_page: Any, leaf: Any) -> NoticePage:
    """A complete draft."""
    page = NoticePage(title="公告", summary="概述", catalogue_item=leaf, made_on=timezone.localdate(), live=False)
    department_page.add_child(instance=page)
    return page


def fresh(page: NoticePage) -> NoticePage:
    return NoticePage.objects.get(pk=page.pk)


# --- The date of first publication


def test_the_system_sets_the_date_of_first_publication(draft: NoticePage):
    before = timezone.now()
    draft.save_revision().publish()
    assert before <= fresh(draft).published_at <= timezone.now()


def test_a_scheduled_item_gets_its_date_when_it_goes_live(draft: NoticePage):
    draft.go_live_at = timezone.now() + HOUR
    draft.save_revision(approved_go_live_at=draft.go_live_at).publish()
    assert (fresh(draft).live, fresh(draft).published_at) == (False, None)
    revision = draft.revisions.get()
    revision.content["go_live_at"] = (timezone.now() - HOUR).isoformat()
    revision.approved_go_live_at = timezone.now() - HOUR
    revision.save()
    before = timezone.now()
    call_command("publish_scheduled", stdout=StringIO())
    assert fresh(draft).live
    assert fresh(draft).published_at >= before


def test_a_time_of_going_live_in_the_past_dates_nothing_back(draft: NoticePage):
    draft.go_live_at = PAST
    before = timezone.now()
    draft.save_revision().publish()
    assert fresh(draft).published_at >= before


@pytest.mark.parametrize("field", ["published_at", "index_number"])
def test_what_is_written_into_a_revision_isnt_believed(draft: NoticePage, field: str):
    draft.save_revision().publish()
    published = fresh(draft)
    revision = published.save_revision()
    revision.content[field] = "2020-01-01T00:00:00Z" if field == "published_at" else "FAKE"
    revision.save()
    revision.publish()
    assert getattr(fresh(draft), field) == getattr(published, field)


def test_a_drafts_revision_cant_date_its_publication_back(draft: NoticePage):
    revision = draft.save_revision()
    revision.content["published_at"] = "2020-01-01T00:00:00Z"
    revision.save()
    before = timezone.now()
    revision.publish()
    assert fresh(draft).published_at >= before


@pytest.mark.parametrize("moment", [PAST, None, timezone.now() + 999 * HOUR])
def test_no_code_moves_the_date_of_a_published_item(publish: Any, moment: dt.datetime | None):
    page = publish()
    page.published_at = moment
    with pytest.raises(ValidationError):
        page.save()
    with pytest.raises(ValidationError):
        page.save(clean=False, update_fields=["published_at"])


def test_no_code_dates_a_draft_back(draft: NoticePage):
    draft.published_at, draft.live = PAST, True
    with pytest.raises(ValidationError):
        draft.save()


def test_unpublishing_and_publishing_again_keeps_the_first_date(publish: Any):
    page = publish()
    first = page.published_at
    page.unpublish()
    fresh(page).save_revision().publish()
    assert fresh(page).published_at == first


def test_a_later_edit_shows_as_updated(publish: Any):
    page = publish(published_at=timezone.now() - 48 * HOUR, summary="概述")
    assert page.updated_at is None
    page.title = "改过"
    page.save_revision().publish()
    assert timezone.localdate(fresh(page).updated_at) == timezone.localdate()


def test_an_incomplete_draft_goes_live_by_no_way(department_page: Any):
    page = department_page.add_child(instance=NoticePage(title="没写完", live=False))
    with pytest.raises(ValidationError) as refused:
        page.save_revision(clean=False).publish()
    assert "summary" in refused.value.message_dict
    assert not fresh(page).live


# --- Copy, department, visibility


@pytest.mark.parametrize("keep_live", [True, False])
def test_a_copy_takes_nothing_along_that_belongs_to_one_item(publish: Any, keep_live: bool):
    page = publish(import_source="old-site", import_id="77", published_at=PAST)
    page.save_revision()
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=keep_live, copy_revisions=True).specific
    assert copy.index_number
    assert copy.index_number != page.index_number
    assert (copy.import_source, copy.import_id, copy.import_digest) == ("", "", "")
    assert copy.published_at != PAST
    assert bool(copy.published_at) is keep_live
    again = copy.get_latest_revision_as_object()
    assert (again.index_number, again.import_id) == (copy.index_number, "")


def test_the_department_comes_from_the_parent_and_stays_when_the_page_moves(draft: NoticePage, department_page: Any, make_department: Any):
    assert draft.department == department_page.department
    draft.save_revision().publish()
    number = draft.index_number
    fresh(draft).move(make_department(), pos="last-child")
    moved = fresh(draft)
    moved.save()
    assert (moved.department, moved.index_number) == (department_page.department, number)


def test_an_old_item_keeps_the_departments_name_of_its_day(publish: Any, department_page: Any):
    page = publish()
    department_page.department.rename("阳光县民政和社会工作局", "县民社局", timezone.localdate())
    page = fresh(page)
    page.save()
    assert fresh(page).department_name == "阳光县民政局"


def test_what_is_on_application_or_unpublished_isnt_public(publish: Any):
    shown = publish()
    publish(mode=Mode.ON_APPLICATION)
    publish().unpublish()
    assert list(DisclosureItem.objects.public().values_list("pk", flat=True)) == [shown.pk]


# --- Summary


def test_a_long_summary_is_warned_of_by_the_countys_limit(publish: Any, home: Any):
    page = publish(summary="字" * 100)
    assert page.warnings() == []
    page.summary += "字"
    assert len(page.warnings()) == 1
    settings = PortalSettings.for_site(home.get_site())
    settings.summary_limit = 120
    settings.save()
    assert page.warnings() == []


def test_a_summary_that_repeats_the_title_is_warned_of(publish: Any):
    assert len(publish(title="同一句话", summary="同一句话").warnings()) == 1


# --- Text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:""}</style><title>Doc1</title></head><body>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<h1 style='text-align:center'><span lang=EN-US>通知</span></h1>
<p class=MsoNormal style='text-indent:24.0pt;mso-char-indent-count:2.0'><span style='font-family:宋体'>第一条 <b>救助</b>对象<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p><a href="http://casino.example/" style="DISPLAY : none">赌场</a><font color=red>正文</font><script>alert(1)</script></p>
<div style="position:absolute;left:-9999px"><a href="http://spam.example/">彩票</a></div>
<p onclick="x()">见<a href="javascript:alert(1)">此</a>与<a href="https://www.gov.cn/">国务院</a></p></body></html>"""


def test_word_and_web_text_comes_out_clean():
    cleaned = clean_html(WORD)
    assert "<p>第一条 <b>救助</b>对象</p>" in cleaned
    assert '<a href="https://www.gov.cn/">国务院</a>' in cleaned
    assert "<p><b>通知</b></p>" in cleaned
    for left_over in ("Mso", "style", "class", "o:p", "script", "alert", "赌场", "casino", "彩票", "font", "<!--", "WordDocument", "Doc1", "onclick", "&nbsp;"):
        assert left_over not in cleaned, left_over


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY: NONE !important", "visibility:hidden", "font-size:0", "font-size:0px;color:red",
        "width:0;height:0", "opacity:0", "text-indent:-9999px", "position:absolute; top:-5000px", "mso-hide:all",
    ],
)
def test_hidden_links_are_taken_out_whole(style: str):
    assert clean_html(f'<p>正文<span><a href="http://spam.example" style="{style}">暗链</a></span></p>') == "<p>正文</p>"


@pytest.mark.parametrize("style", ["color:red", "font-size:10px", "opacity:0.5", "width:100%", "text-indent:2em", "margin-left:-1px", "font-size:0.9em"])
def test_visible_text_stays_without_its_style(style: str):
    assert clean_html(f'<p><span style="{style}">正文</span></p>') == "<p>正文</p>"


def test_wagtails_own_references_stay():
    html = '<p data-block-key="abc12"><a linktype="page" id="3">页面</a><a linktype="document" id="4">附件</a></p>'
    assert clean_html(html) == html


PIECES = [
    "<p>", "</p>", "<b>", "</b>", '<a href="http://x.cn">', "</a>", "文", "&amp;", "<", '<i style="display:none">', "</i>", "<h2>", "</h2>", "<td>", " ", "<div>", "</div>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_cleaning_twice_changes_nothing_more(html: str):
    once = clean_html(html)
    assert clean_html(once) == once
    assert "style" not in once


@pytest.mark.parametrize("as_json", [True, False])
def test_text_is_cleaned_by_whatever_way_it_comes(publish: Any, as_json: bool):
    dirty = '<p>正文<a href="http://spam.example" style="display:none">暗链</a></p>'
    if as_json:
        body: Any = [{"type": "paragraph", "value": dirty}, {"type": "questions", "value": [{"type": "item", "id": "a1", "value": {"question": "问", "answer": dirty}}]}]
        body = BodyBlocks().to_python(body)
    else:
        body = [("paragraph", RichText(dirty)), ("questions", [{"question": "问", "answer": RichText(dirty)}])]
    page = fresh(publish(body=body))
    assert page.body[0].value.source == "<p>正文</p>"
    assert page.body[1].value[0]["answer"].source == "<p>正文</p>"
    assert "暗链" not in str(page.save_revision().content["body"])


@pytest.mark.parametrize(("alt", "decorative", "fits"), [("", False, False), ("   ", False, False), ("县城全景", False, True), ("", True, True)])
def test_a_picture_is_described_or_decoration(alt: str, decorative: bool, fits: bool):
    block = PictureBlock()
    image = PublicImage.objects.create(title="x", file=get_test_image_file())
    value = block.to_python({"image": image.pk, "alt": alt, "decorative": decorative, "caption": ""})
    if fits:
        block.clean(value)
        return
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"alt"}
