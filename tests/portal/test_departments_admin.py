"""Departments in the admin, and what an editor of one department sees and reaches of the others."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, GroupPagePermission

from disclosure.items.columns import DepartmentPage
from portal.departments.models import Department
from portal.people.roles import DISCLOSURE_OFFICE, EDITOR, SUPERVISION_OFFICE
from tests.conftest import credit_code


@pytest.fixture
def office(home, client):
    """The browser of somebody of the disclosure office."""
    user = User.objects.create_user("test-office")
    user.groups.add(DISCLOSURE_OFFICE.group)
    client.force_login(user)
    return client


@pytest.fixture
def editor_of(client):
    """Logs an editor of the department of a page in."""

    def login(page):
        user = User.objects.create_user(f"editor-{page.pk}")
        user.groups.add(EDITOR.group, Department.objects.get(pk=page.department_id).group)
        client.force_login(user)
        return client

    return login


def form_of(**fields):
    return {"name": "阳光县数据局", "short_name": "县数据局", "slug": "shuju", "kind": "department", "credit_code": credit_code(900), "order": "100", **fields}


def test_one_form_makes_department_page_group_and_permission(office):
    response = office.post(reverse("department:add"), form_of())
    assert response.status_code == 302
    department = Department.objects.get(slug="shuju")
    page = DepartmentPage.objects.get(department=department)
    assert page.live and page.title == "阳光县数据局"
    assert GroupPagePermission.objects.filter(page=page, group=department.group).count() == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"credit_code": credit_code(900)[:17] + ("0" if credit_code(900)[17] != "0" else "1")}, credit_code(900)[17]),
        ({"credit_code": "abc"}, "18"),
        ({"name": ""}, ""),
        ({"slug": "数据"}, ""),
        ({"opened_on": "2026-13-01"}, ""),
    ],
)
def test_a_wrong_form_makes_nothing_and_keeps_what_was_typed(office, fields, words):
    response = office.post(reverse("department:add"), form_of(phone="0800-1234567", **fields))
    assert response.status_code == 200
    assert words in response.content.decode() and "0800-1234567" in response.content.decode()
    assert not Department.objects.exists() and not DepartmentPage.objects.exists()


def test_a_name_or_number_in_use_is_an_error_at_the_field(office, department_page):
    response = office.post(reverse("department:add"), form_of(name=department_page.department.name))
    assert "name" in response.context["form"].errors and Department.objects.count() == 1


def test_editing_changes_contact_but_neither_name_nor_address(office, department_page):
    department = department_page.department
    office.post(reverse("department:edit", args=[department.pk]), form_of(credit_code=department.credit_code, phone="0800-1"))
    department.refresh_from_db()
    assert (department.phone, department.name, department.slug) == ("0800-1", "阳光县民政局", "minzheng")


def test_renaming_in_the_admin(office, department_page):
    url = reverse("department:rename", args=[department_page.department_id])
    assert "阳光县民政局" in office.get(url).content.decode()
    without_day = office.post(url, {"name": "阳光县社会局", "short_name": "县社会局"})
    assert "day" in without_day.context["form"].errors and "阳光县社会局" in without_day.content.decode()
    assert office.post(url, {"name": "阳光县社会局", "short_name": "县社会局", "day": "2026-03-02"}).status_code == 302
    department = Department.objects.get(pk=department_page.department_id)
    assert (department.name, department.former_names.get().until) == ("阳光县社会局", dt.date(2026, 3, 2))
    history = office.get(reverse("department:history", args=[department.pk]))
    assert history.status_code == 200
    found = office.get(reverse("department:index_results"), {"q": "民政"}).content.decode()
    assert found.count("阳光县社会局") >= 1, "the former name isn't found"


@pytest.mark.parametrize("name", ["阳光县民政局", "阳光县甲局"])
def test_renaming_to_its_own_or_another_name_is_an_error_at_the_field(office, department_page, make_department, name):
    make_department("阳光县甲局")
    response = office.post(reverse("department:rename", args=[department_page.department_id]), {"name": name, "short_name": "局", "day": "2026-03-02"})
    assert response.status_code == 200 and "name" in response.context["form"].errors


def test_merging_in_the_admin(office, department_page, make_department):
    into = make_department("阳光县社会局").department
    url = reverse("department:close", args=[department_page.department_id])
    assert office.post(url, {"closed_on": "2026-03-02", "successor": into.pk}).status_code == 302
    department = Department.objects.get(pk=department_page.department_id)
    assert (department.closed_on, department.answering) == (dt.date(2026, 3, 2), into)


def test_closing_before_opening_is_an_error_at_the_field(office, make_department):
    department = make_department(opened_on=dt.date(2026, 5, 1)).department
    response = office.post(reverse("department:close", args=[department.pk]), {"closed_on": "2026-03-02"})
    assert response.status_code == 200 and "closed_on" in response.context["form"].errors


def test_a_department_with_a_page_isn_t_deleted(home, client, department_page):
    client.force_login(User.objects.create_superuser("root"))
    client.post(reverse("department:delete", args=[department_page.department_id]))
    assert Department.objects.filter(pk=department_page.department_id).exists()


def test_filters_and_export(office, make_department):
    make_department("阳光县甲镇", kind="township")
    make_department("阳光县乙局", closed_on=dt.date(2020, 1, 1))
    index = reverse("department:index")
    towns = [row.name for row in office.get(index, {"kind": "township"}).context["object_list"]]
    closed = [row.name for row in office.get(index, {"in_office": "false"}).context["object_list"]]
    assert (towns, closed) == (["阳光县甲镇"], ["阳光县乙局"])
    assert "阳光县甲镇" in b"".join(office.get(index, {"export": "csv"}).streaming_content).decode("utf-8-sig")


def test_looking_is_not_changing(client, home, department_page):
    user = User.objects.create_user("watcher")
    user.groups.add(SUPERVISION_OFFICE.group)
    client.force_login(user)
    assert client.get(reverse("department:index")).status_code == 200
    for name in ("rename", "close"):
        assert client.post(reverse(f"department:{name}", args=[department_page.department_id]), {}).status_code == 302
    department_page.department.refresh_from_db()
    assert department_page.department.closed_on is None


def test_an_editor_reaches_the_own_subtree_and_no_other(editor_of, department_page, make_department, publish):
    other = make_department("阳光县乙局")
    own_item, other_item = publish(), publish(parent=other)
    client = editor_of(department_page)
    for page in (department_page, own_item):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    for page in (other, other_item):
        for name in ("edit", "delete", "unpublish", "move", "copy"):
            assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code != 200, name
        assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "x"}).status_code != 200
    assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[other.pk])).status_code != 200
    elsewhere = client.get(reverse("wagtailadmin_explore", args=[other.pk]))
    assert elsewhere.status_code == 302 and elsewhere.url == reverse("wagtailadmin_explore", args=[department_page.pk])


def test_the_explorer_and_its_search_show_an_editor_only_the_own_subtree(editor_of, department_page, make_department, publish):
    other = make_department("阳光县乙局")
    publish(title="低保公示甲"), publish(parent=other, title="低保公示乙")
    client = editor_of(department_page)
    root = client.get(reverse("wagtailadmin_explore_root"), follow=True)
    assert root.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=[department_page.pk])
    text = root.content.decode()
    assert "低保公示甲" in text and "低保公示乙" not in text
    for data in ({"q": "低保公示", "search_all": "1"}, {"title": "低保", "search_all": "1"}):
        assert "低保公示乙" not in client.get(reverse("wagtailadmin_explore_results", args=[department_page.pk]), data).content.decode()
    menu = client.get("/admin/api/main/pages/", {"child_of": department_page.pk, "for_explorer": 1}).json()
    assert {page["title"] for page in menu["items"]} == {"低保公示甲"}


def test_after_a_merger_the_editors_of_the_answering_body_work_in_both_subtrees(editor_of, department_page, make_department):
    into = make_department("阳光县社会局")
    department_page.department.close(dt.date(2026, 3, 2), into.department)
    client = editor_of(into)
    assert {client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code for page in (department_page, into)} == {200}


def test_an_editor_uploads_and_changes_own_files_only(editor_of, department_page):
    others = get_document_model().objects.create(title="别人的", file=SimpleUploadedFile("a.txt", b"x"), collection=Collection.get_first_root_node())
    client = editor_of(department_page)
    response = client.post(reverse("wagtaildocs:add"), {"title": "自己的", "file": SimpleUploadedFile("b.txt", "材料".encode()), "tags": ""})
    assert response.status_code == 302
    own = get_document_model().objects.get(title="自己的")
    assert client.get(reverse("wagtaildocs:edit", args=[own.pk])).status_code == 200
    assert client.get(reverse("wagtaildocs:edit", args=[others.pk])).status_code == 302
