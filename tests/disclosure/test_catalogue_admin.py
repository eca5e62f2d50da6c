"""Both trees in the admin: list, add below, edit with errors, order, refusal to delete."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.catalogue.moving import next_code, place_after


@pytest.fixture
def operator(client, home):
    """A client who may do everything."""
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def branch(leaf):
    """The branch above the leaf, with two more leaves."""
    for number, name in ((2, "教育"), (3, "医疗")):
        CatalogueItem.objects.create(code=f"t1.{number}", name=name, parent=leaf.parent, order=number)
    return leaf.parent


def order_of(branch):
    return list(branch.children.tree_order().values_list("name", flat=True))


def filled(**changes):
    values = {
        "parent": "", "code": "", "name": "", "description": "", "article": "", "elements": "", "basis": "", "limit_amount": "", "limit_unit": "wd", "limit_from": "",
        "cycle": "", "channels": ["website"], "audience": "everybody", "audience_note": "", "mode": "proactive", "county_level": "on",
    }
    return {**values, **changes}


def test_the_list_shows_the_tree_and_filters_by_department(operator, branch, leaf, department_page):
    leaf.departments.add(department_page.department)
    address = reverse("catalogue_item_admin:index")
    page = operator.get(address)
    assert [node.code for node in page.context["object_list"]] == ["t1", "t1.1", "t1.2", "t1.3"]
    assert "　社会救助" in page.content.decode()
    narrowed = operator.get(address, {"departments": department_page.department.pk})
    assert [node.code for node in narrowed.context["object_list"]] == ["t1.1"]


def test_an_entry_is_added_below_with_the_next_code(operator, branch):
    address = reverse("catalogue_item_admin:add")
    form = operator.get(f"{address}?parent={branch.pk}").context["form"]
    assert (form["parent"].value(), form["code"].value()) == (branch.pk, "t1.4")
    assert operator.get(f"{address}?parent=99999999999999999999").status_code == 200
    answer = operator.post(address, filled(parent=branch.pk, code="t1.4", name="就业", channels=["website", "push"]))
    assert answer.status_code == 302
    node = CatalogueItem.objects.get(code="t1.4")
    assert order_of(branch)[-1] == "就业" and node.channels == ["website", "push"] and node.depth == 2


def test_errors_stand_at_their_fields_and_what_was_typed_stays(operator, branch):
    wrong = filled(parent=branch.pk, code="x.9", name="就业", limit_amount="7", audience="group")
    form = operator.post(reverse("catalogue_item_admin:add"), wrong).context["form"]
    assert {"code", "limit_from", "audience_note"} <= set(form.errors)
    assert form["name"].value() == "就业"


def test_a_node_changes_its_place(operator, branch, leaf):
    address = reverse("catalogue_item_admin:move", args=[leaf.pk])
    assert operator.get(address).status_code == 200
    operator.post(address, {"before": CatalogueItem.objects.get(code="t1.3").pk})
    assert order_of(branch) == ["教育", "医疗", "社会救助"]
    place_after(CatalogueItem.objects.get(code="t1.3"), None)
    assert order_of(branch) == ["医疗", "教育", "社会救助"]
    assert operator.post(address, {"before": branch.pk}).status_code == 200  # no sibling


def test_what_is_in_use_is_not_deleted(operator, publish, branch, leaf):
    publish()
    for node in (leaf, branch):
        answer = operator.post(reverse("catalogue_item_admin:delete", args=[node.pk]), follow=True)
        assert node.name in answer.content.decode()
    assert CatalogueItem.objects.filter(pk__in=[leaf.pk, branch.pk]).count() == 2
    empty = CatalogueItem.objects.get(code="t1.3")
    operator.post(reverse("catalogue_item_admin:delete", args=[empty.pk]))
    assert not CatalogueItem.objects.filter(pk=empty.pk).exists()


def test_a_theme_in_use_is_not_deleted(operator, publish):
    theme = SubjectTheme.objects.create(code="04", name="财政、金融、审计", order=4)
    publish(themes=[theme])
    operator.post(reverse("subject_theme_admin:delete", args=[theme.pk]))
    assert SubjectTheme.objects.filter(pk=theme.pk).exists()


def test_a_former_code_is_never_proposed(branch):
    moved = CatalogueItem.objects.get(code="t1.3")
    moved.code = "t1.4"
    moved.save()
    assert next_code(CatalogueItem, branch) == "t1.5"


def test_without_the_right_nothing_moves(client, branch, leaf):
    client.force_login(User.objects.create_user("nobody"))
    assert client.post(reverse("catalogue_item_admin:move", args=[leaf.pk]), {"before": ""}).status_code in (302, 403)
    assert order_of(branch)[0] == "社会救助"
