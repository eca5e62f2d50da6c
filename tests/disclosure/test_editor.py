"""The editor's forms through the real admin: what is published, what is refused and where, and that nothing is half written."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.items.base import DisclosureItem
from disclosure.items.columns import DepartmentPage
from disclosure.items.guides import GuideMaterial, ServiceGuidePage
from disclosure.items.index_number import IndexCounter
from disclosure.items.notices import NoticePage
from disclosure.items.policies import PolicyDocumentPage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def editor(department_page: DepartmentPage) -> Client:
    """Logged in as an editor of the department; allowed nothing but its group's pages."""
    user = User.objects.create_user("bianji", password="x")
    user.groups.add(department_page.department.group)
    login = Group.objects.create(name="login")
    login.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(login)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def form(leaf: CatalogueItem) -> Callable[..., dict[str, Any]]:
    """What the browser sends for a filled-in page of a type; fields override."""

    def make(model: type[DisclosureItem], **fields: Any) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": "关于开展临时救助的公告", "summary": "说明临时救助的对象、标准和办理地点。", "catalogue_item": leaf.pk, "made_on": TODAY().isoformat(), "tags": "",
            "mode": "proactive", "validity": "in_force", "origin": "own", "body": streamfield([("paragraph", rich_text("<p>正文</p>", features=["bold"]))]),
            "attachments": inline_formset([]), "action-publish": "1",
        }
        return nested_form_data({**values, **DEFAULTS_OF[model], **fields})

    return make


DEFAULTS_OF: dict[type[DisclosureItem], dict[str, Any]] = {
    NoticePage: {"notice_kind": "notice"},
    PolicyDocumentPage: {"genre": "通知", "acts": inline_formset([]), "document_number": "阳政发〔2026〕3号"},
    ServiceGuidePage: {
        "matter_type": "公共服务", "for_people": "on", "handling": "promised", "promised_time": "5", "promised_unit": "wd", "legal_time": "20", "legal_unit": "wd",
        "has_fee": "False", "complaint_phone": "12345", "materials": inline_formset([]), "questions": inline_formset([]),
        "steps": inline_formset([{"name": "受理", "text": "", "time": "1", "office": "", "result": ""}]),
    },
}


def add_url(model: type[DisclosureItem], parent: DepartmentPage) -> str:
    return reverse("wagtailadmin_pages:add", args=("disclosure", model._meta.model_name, parent.pk))


def send(editor: Client, parent: DepartmentPage, model: type[DisclosureItem], data: dict[str, Any]) -> Any:
    return editor.post(add_url(model, parent), data)


def errors(response: Any) -> dict[str, list[str]]:
    """The errors by field of a refused form."""
    assert response.status_code == 200, response.status_code
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


@pytest.mark.parametrize("model", DEFAULTS_OF)
def test_an_editor_publishes_each_kind(editor: Client, department_page: DepartmentPage, form: Any, model: type[DisclosureItem]):
    response = send(editor, department_page, model, form(model))
    assert response.status_code == 302, response.context["form"].errors
    item = model.objects.get()
    assert item.live
    assert item.department == department_page.department
    assert item.index_number == f"{item.department.credit_code}/{TODAY().year}-00001"
    assert item.slug == f"{TODAY().year}-00001"
    assert timezone.now() - item.published_at < dt.timedelta(minutes=1)
    assert DisclosureItem.objects.public().filter(pk=item.pk).exists()
    assert item.get_latest_revision_as_object().index_number == item.index_number
    assert editor.get(reverse("wagtailadmin_pages:edit", args=(item.pk,))).status_code == 200


@pytest.mark.parametrize("model", DEFAULTS_OF)
def test_the_empty_form_opens(editor: Client, department_page: DepartmentPage, model: type[DisclosureItem]):
    response = editor.get(add_url(model, department_page))
    assert response.status_code == 200
    assert str(department_page.department) in response.content.decode()


def test_every_script_of_the_editor_exists(editor: Client, department_page: DepartmentPage):
    page = editor.get(add_url(NoticePage, department_page)).content.decode()
    for path in re.findall(r"/static/([^\"?]+[.](?:js|css))", page):
        assert finders.find(path), path


def test_a_draft_may_be_incomplete_and_is_completed_later(editor: Client, department_page: DepartmentPage, form: Any, leaf: CatalogueItem):
    data = form(NoticePage, summary="", catalogue_item="", made_on="")
    del data["action-publish"]
    assert send(editor, department_page, NoticePage, data).status_code == 302
    draft = NoticePage.objects.get()
    assert (draft.live, draft.index_number, draft.published_at) == (False, None, None)
    response = editor.post(reverse("wagtailadmin_pages:edit", args=(draft.pk,)), form(NoticePage))
    assert response.status_code == 302, response.context["form"].errors
    draft.refresh_from_db()
    assert draft.live
    assert draft.index_number.endswith("-00001")
    assert draft.slug == f"{TODAY().year}-00001"
    assert draft.url_path.endswith(f"/{draft.slug}/")


def test_publishing_asks_for_the_minimum_fields(editor: Client, department_page: DepartmentPage, form: Any):
    response = send(editor, department_page, NoticePage, form(NoticePage, summary="", made_on="", catalogue_item=""))
    assert {"summary", "made_on", "catalogue_item"} <= set(errors(response))
    assert not NoticePage.objects.exists()


BadInput = tuple[type[DisclosureItem], dict[str, Any], str]
BAD: list[BadInput] = [
    (PolicyDocumentPage, {"document_number": "国办发[2022]032号"}, "document_number"),
    (ServiceGuidePage, {"promised_time": "21"}, "promised_time"),
    (ServiceGuidePage, {"handling": "on_the_spot"}, "promised_time"),
    (ServiceGuidePage, {"has_fee": "True"}, "fee_basis"),
    (ServiceGuidePage, {"has_fee": "False", "fee": "每证10元"}, "has_fee"),
    (ServiceGuidePage, {"has_fee": "maybe"}, "has_fee"),
    (ServiceGuidePage, {"complaint_phone": ""}, "complaint_phone"),
    (ServiceGuidePage, {"for_people": ""}, "for_people"),
    (NoticePage, {"go_live_at": "2020-01-01 08:00"}, "go_live_at"),
    (NoticePage, {"made_on": "2999-01-01"}, "made_on"),
    (NoticePage, {"origin": "reposted"}, "source_name"),
    (NoticePage, {"notice_kind": "tender"}, "funding_source"),
    (NoticePage, {"notice_kind": "candidates", "period_start": "2026-03-06", "period_end": "2026-03-08"}, "period_end"),
    (NoticePage, {"notice_kind": "consultation", "period_start": "2026-03-02", "period_end": "2026-03-31", "how_to_hand_in": "信函"}, "short_period_reason"),
    (NoticePage, {"notice_kind": "correction"}, "original"),
    (NoticePage, {"effective_on": "2026-03-06", "lapses_on": "2026-03-01"}, "lapses_on"),
    (NoticePage, {"made_on": "不知道"}, "made_on"),
]


@pytest.mark.parametrize("case", BAD, ids=[f"{model.__name__}-{at}-{number}" for number, (model, _fields, at) in enumerate(BAD)])
def test_bad_input_is_refused_at_its_field_and_stays(editor: Client, department_page: DepartmentPage, form: Any, case: BadInput):
    model, fields, at = case
    response = send(editor, department_page, model, form(model, **fields))
    assert at in errors(response)
    for name, value in fields.items():
        assert response.context["form"].data[name] == value
    assert "关于开展临时救助的公告" in response.content.decode()
    assert not DisclosureItem.objects.exists()
    assert not IndexCounter.objects.exists(), "a refused form uses up no index number"


def test_the_message_proposes_the_right_document_number(editor: Client, department_page: DepartmentPage, form: Any):
    response = send(editor, department_page, PolicyDocumentPage, form(PolicyDocumentPage, document_number="国办发[2022]032号"))
    assert "国办发〔2022〕32号" in errors(response)["document_number"][0]


def test_a_duplicate_index_number_is_refused_at_its_field(editor: Client, department_page: DepartmentPage, form: Any, publish: Any):
    taken = publish(index_number="DUP-1")
    response = send(editor, department_page, NoticePage, form(NoticePage, index_number="DUP-1"))
    assert "DUP-1" in errors(response)["index_number"][0]
    assert list(NoticePage.objects.all()) == [taken]


def test_an_index_number_that_a_document_brings_along_is_kept_and_can_never_be_typed_over(editor: Client, department_page: DepartmentPage, form: Any):
    assert send(editor, department_page, NoticePage, form(NoticePage, index_number="OLD/2019-7")).status_code == 302
    item = NoticePage.objects.get()
    editor.post(reverse("wagtailadmin_pages:edit", args=(item.pk,)), form(NoticePage, index_number="OTHER", title="改过的标题"))
    item.refresh_from_db()
    assert (item.index_number, item.title) == ("OLD/2019-7", "改过的标题")


def test_the_date_of_publication_cant_be_sent(editor: Client, department_page: DepartmentPage, form: Any):
    past = {"published_at": "2020-01-01 08:00", "first_published_at": "2020-01-01 08:00", "department": "1"}
    assert send(editor, department_page, NoticePage, form(NoticePage, **past)).status_code == 302
    item = NoticePage.objects.get()
    assert item.published_at.date() >= timezone.now().date() - dt.timedelta(days=1)
    assert item.department == department_page.department


def test_a_branch_of_the_catalogue_cant_be_chosen(editor: Client, department_page: DepartmentPage, form: Any, leaf: CatalogueItem):
    response = send(editor, department_page, NoticePage, form(NoticePage, catalogue_item=leaf.parent_id))
    assert leaf.parent.name in errors(response)["catalogue_item"][0]
    page = response.content.decode()
    assert f'value="{leaf.parent_id}" selected disabled' in page or f'value="{leaf.parent_id}" disabled' in page
    assert "　" + leaf.name in page


def test_themes_tags_and_life_events_are_saved(editor: Client, department_page: DepartmentPage, form: Any):
    top = SubjectTheme.objects.create(code="x17", name="民政、扶贫、救灾", order=1)
    below = SubjectTheme.objects.create(code="x17.3", name="社会福利", parent=top, order=1)
    data = {**form(ServiceGuidePage, tags="救助, 低保"), "themes": [below.pk], "life_events": ["hardship", "age"]}
    response = send(editor, department_page, ServiceGuidePage, data)
    assert response.status_code == 302, response.context["form"].errors
    item = ServiceGuidePage.objects.get()
    assert list(item.themes.all()) == [below]
    assert set(item.tags.names()) == {"救助", "低保"}
    assert sorted(item.life_events) == ["age", "hardship"]
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=(item.pk,))).content.decode()
    assert "民政、扶贫、救灾\\社会福利" in edit
    assert re.search(r'<input[^>]*value="hardship"[^>]*checked', edit)


def test_steps_longer_than_promised_are_refused_above_the_steps(editor: Client, department_page: DepartmentPage, form: Any):
    steps = inline_formset([{"name": "受理", "text": "", "time": "2", "office": "", "result": ""}, {"name": "审核", "text": "", "time": "3.5", "office": "", "result": ""}])
    response = send(editor, department_page, ServiceGuidePage, form(ServiceGuidePage, steps=steps))
    assert response.status_code == 200
    assert "5.5" in str(response.context["form"].formsets["steps"].non_form_errors())
    assert "5.5" in response.content.decode()
    assert not ServiceGuidePage.objects.exists()


def test_a_guide_without_steps_stays_a_draft(editor: Client, department_page: DepartmentPage, form: Any):
    data = form(ServiceGuidePage, steps=inline_formset([]))
    assert send(editor, department_page, ServiceGuidePage, data).status_code == 200
    del data["action-publish"]
    assert send(editor, department_page, ServiceGuidePage, data).status_code == 302
    assert not ServiceGuidePage.objects.get().live


def test_warnings_are_told_after_saving_and_in_the_editor(editor: Client, department_page: DepartmentPage, form: Any):
    material = {"name": "其他材料", "copies": "0", "form": "copy", "need": "required", "source": "", "basis": "", "note": "", "blank_form": "", "sample": ""}
    data = form(ServiceGuidePage, summary="字" * 101, conditions="法律法规规定的其他条件", materials=inline_formset([material]))
    response = editor.post(add_url(ServiceGuidePage, department_page), data, follow=True)
    told = " ".join(str(message) for message in response.context["messages"])
    guide = ServiceGuidePage.objects.get()
    assert guide.live
    assert len(guide.warnings()) == 7
    assert "其他材料" in told
    assert "101" in told
    assert "规定的其他" in editor.get(reverse("wagtailadmin_pages:edit", args=(guide.pk,))).content.decode()


@pytest.mark.parametrize(("sent", "kept"), [("True", True), ("False", False), ("", None)])
def test_a_fee_is_yes_no_or_not_stated(editor: Client, department_page: DepartmentPage, form: Any, sent: str, kept: bool | None):
    fee = {"fee": "每证10元", "fee_basis": "省价费〔2020〕1号"} if kept else {}
    response = editor.post(add_url(ServiceGuidePage, department_page), form(ServiceGuidePage, has_fee=sent, **fee), follow=True)
    item = ServiceGuidePage.objects.get()
    assert (item.live, item.has_fee) == (True, kept)
    assert len(item.warnings()) == (kept is None)
    assert bool(list(response.context["messages"])[1:]) is (kept is None), "left open, it is published with a warning"
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=(item.pk,))).content.decode()
    assert re.search(rf'<input type="radio" name="has_fee" value="{sent}"[^>]* checked', edit)


def chosen(form: Any, name: str) -> str:
    """The value that the browser would send for a field of a row."""
    value = form[name].value()
    return "" if value is None else str(value)


def test_a_new_material_starts_with_what_is_usual_and_an_imported_one_stays_open(editor: Client, department_page: DepartmentPage, form: Any, publish: Any):
    empty = editor.get(add_url(ServiceGuidePage, department_page)).context["form"].formsets["materials"].empty_form
    assert [chosen(empty, name) for name in ("copies", "form", "need")] == ["1", "original", "required"]
    guide = publish(ServiceGuidePage)
    row = GuideMaterial.objects.create(guide=guide, name="身份证")
    url = reverse("wagtailadmin_pages:edit", args=(guide.pk,))
    present = editor.get(url).context["form"].formsets["materials"].forms[0]
    assert [chosen(present, name) for name in ("copies", "form", "need")] == ["", "", ""]
    sent = {"id": row.pk, "name": "居民身份证", "copies": "", "form": "", "need": "", "source": "", "basis": "", "note": "", "blank_form": "", "sample": ""}
    response = editor.post(url, form(ServiceGuidePage, materials=inline_formset([sent], initial=1)))
    assert response.status_code == 302, response.context["form"].formsets["materials"].errors
    row.refresh_from_db()
    assert (row.name, row.copies, row.form, row.need) == ("居民身份证", None, "", "")


def test_a_material_needs_its_name_to_be_published_not_to_be_drafted(editor: Client, department_page: DepartmentPage, form: Any):
    material = {"name": "", "copies": "2", "form": "copy", "need": "required", "source": "", "basis": "", "note": "", "blank_form": "", "sample": ""}
    data = form(ServiceGuidePage, materials=inline_formset([material]))
    assert "name" in send(editor, department_page, ServiceGuidePage, data).context["form"].formsets["materials"].forms[0].errors
    del data["action-publish"]
    assert send(editor, department_page, ServiceGuidePage, data).status_code == 302


def test_a_document_cant_repeal_itself_or_twice(editor: Client, department_page: DepartmentPage, form: Any, publish: Any):
    old = publish(PolicyDocumentPage, document_number="阳政发〔2020〕1号")
    row = {"act": "repeals", "earlier": old.pk, "note": ""}
    response = send(editor, department_page, PolicyDocumentPage, form(PolicyDocumentPage, acts=inline_formset([row, row])))
    assert response.status_code == 200
    assert response.context["form"].formsets["acts"].forms[1].errors
    assert send(editor, department_page, PolicyDocumentPage, form(PolicyDocumentPage, acts=inline_formset([row]))).status_code == 302
    old.refresh_from_db()
    assert old.validity_now == "repealed"
    new = PolicyDocumentPage.objects.exclude(pk=old.pk).get()
    own = form(PolicyDocumentPage, acts=inline_formset([{"act": "amends", "earlier": new.pk, "note": ""}]))
    response = editor.post(reverse("wagtailadmin_pages:edit", args=(new.pk,)), own)
    assert "earlier" in response.context["form"].formsets["acts"].forms[0].errors


def test_bulk_publishing_refuses_an_incomplete_draft_by_name(editor: Client, department_page: DepartmentPage):
    draft = department_page.add_child(instance=NoticePage(title="没写完的公告", live=False))
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish")) + f"?id={draft.pk}"
    response = editor.post(url, {"include_descendants": ""}, follow=True)
    assert response.status_code == 200
    assert "没写完的公告" in " ".join(str(message) for message in response.context["messages"])
    draft.refresh_from_db()
    assert not draft.live


def test_an_editor_cant_add_below_another_department(editor: Client, make_department: Any, form: Any):
    other = make_department()
    assert send(editor, other, NoticePage, form(NoticePage)).status_code in {302, 403}
    assert not NoticePage.objects.exists()
