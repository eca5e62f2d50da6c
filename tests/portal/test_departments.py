"""Credit codes; departments opened, renamed, merged; their pages and groups."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import GroupPagePermission

from disclosure.items.columns import DepartmentPage
from disclosure.items.departments import establish
from portal.departments.credit_code import ALPHABET, check_digit, validate_credit_code
from portal.departments.models import Department
from tests.conftest import credit_code

DAY = dt.date(2026, 3, 2)
FIRST17 = st.text(ALPHABET, min_size=17, max_size=17)


@given(FIRST17)
def test_a_code_with_its_check_digit_is_good(first17):
    validate_credit_code(first17 + check_digit(first17))


@given(FIRST17, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(first17, position, char):
    code = first17 + check_digit(first17)
    wrong = code[:position] + char + code[position + 1 :]
    if wrong == code:
        return
    with pytest.raises(ValidationError) as caught:
        validate_credit_code(wrong)
    assert caught.value.code == "credit_code_check"


@given(FIRST17, st.integers(0, 16))
def test_two_neighbours_swapped_are_caught(first17, position):
    code = first17 + check_digit(first17)
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    if swapped == code:
        return
    with pytest.raises(ValidationError):
        validate_credit_code(swapped)


@pytest.mark.parametrize("code", ["", "1" * 17, "1" * 19, "11990100MBI000001X", "11990100mb0000001a", "１" * 18, "11990100MB000000 1", "x\n" * 9, credit_code(7) + "\n"])
def test_malformed_codes_are_refused(code):
    with pytest.raises(ValidationError) as caught:
        validate_credit_code(code)
    assert caught.value.code == "credit_code_form"


def test_the_message_names_the_right_digit():
    good = credit_code(5)
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    with pytest.raises(ValidationError) as caught:
        validate_credit_code(wrong)
    assert good[17] in caught.value.messages[0]


def test_renaming_keeps_the_old_name_with_items_and_gives_the_page_the_new_one(department_page, publish):
    department = department_page.department
    old = department.name
    item = publish()
    department.rename("阳光县民政和社会事务局", "县民社局", DAY)
    department_page.refresh_from_db()
    item.refresh_from_db()
    assert (department_page.title, department_page.draft_title, department_page.live) == ("阳光县民政和社会事务局", "阳光县民政和社会事务局", True)
    assert department_page.get_latest_revision_as_object().title == "阳光县民政和社会事务局"
    assert department_page.slug == "minzheng"
    assert item.department_name == old
    assert [(former.name, former.until) for former in department.former_names.all()] == [(old, DAY)]
    assert Department.objects.get(pk=department.pk).group.name.startswith("阳光县民政和社会事务局")


def test_renaming_does_not_publish_somebody_s_draft(department_page):
    draft = department_page.get_latest_revision_as_object()
    draft.seo_title = "草稿"
    draft.save_revision()
    department_page.department.rename("阳光县新局", "县新局", DAY)
    department_page.refresh_from_db()
    assert (department_page.title, department_page.seo_title, department_page.has_unpublished_changes) == ("阳光县新局", "", True)
    latest = department_page.get_latest_revision_as_object()
    assert (latest.title, latest.seo_title) == ("阳光县新局", "草稿")


def test_a_refused_renaming_leaves_nothing_behind(make_department):
    first, second = make_department("阳光县甲局").department, make_department("阳光县乙局").department
    with pytest.raises(ValidationError):
        second.rename(first.name, "县甲局", DAY)
    again = Department.objects.get(pk=second.pk)
    assert again.name == "阳光县乙局" and not again.former_names.exists()
    with pytest.raises(ValidationError):
        again.rename("阳光县乙局", "县乙局", DAY)


def test_correcting_a_mistyped_name_keeps_no_former_name(department_page):
    department_page.department.correct_name("阳光县民政局（本级）", "县民政局")
    department_page.refresh_from_db()
    assert department_page.title == "阳光县民政局（本级）" and not department_page.department.former_names.exists()


def groups_on(page):
    return set(GroupPagePermission.objects.filter(page=page).values_list("group_id", flat=True))


def test_merging_entrusts_the_subtree_to_exactly_the_group_that_answers(make_department):
    pages = [make_department(f"阳光县{name}局") for name in "甲乙丙"]
    first, second, third = (page.department for page in pages)
    first.close(DAY, second)
    assert groups_on(pages[0]) == {second.group_id} == groups_on(pages[1])
    second.close(DAY + dt.timedelta(days=400), third)
    assert {frozenset(groups_on(page)) for page in pages} == {frozenset({third.group_id})}
    first.refresh_from_db()
    assert first.answering == third and first.name == "阳光县甲局"


def test_a_body_never_answers_for_itself(make_department):
    first, second = make_department().department, make_department().department
    with pytest.raises(ValidationError) as caught:
        first.close(DAY, first)
    assert "successor" in caught.value.message_dict
    first.refresh_from_db()
    first.close(DAY, second)
    second.refresh_from_db()
    with pytest.raises(ValidationError):
        second.close(DAY + dt.timedelta(days=1), first)


def test_in_office_counts_opening_and_closing_day(make_department):
    department = make_department(opened_on=DAY, closed_on=DAY + dt.timedelta(days=10)).department
    seen = [shift for shift in range(-1, 12) if department in Department.objects.in_office(DAY + dt.timedelta(days=shift))]
    assert seen == list(range(10))


def test_establishing_again_changes_nothing_and_costs_little(department_page, django_assert_max_num_queries):
    """Budget: 12 queries to find that all is there."""
    department = Department.objects.get(pk=department_page.department_id)
    before = list(GroupPagePermission.objects.order_by("pk").values_list("pk", flat=True))
    with django_assert_max_num_queries(12):
        assert establish(department) == department_page
    assert list(GroupPagePermission.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert DepartmentPage.objects.count() == 1 and department_page.revisions.count() == 0


def test_each_department_has_one_group_with_three_rights_on_its_page(make_department):
    first, second = make_department(), make_department()
    assert groups_on(first) == {first.department.group_id} != groups_on(second)
    codenames = GroupPagePermission.objects.filter(page=first).values_list("permission__codename", flat=True)
    assert sorted(codenames) == ["add_page", "change_page", "publish_page"]
