"""The page explorer of a department's editor: the same pages as Wagtail's own rule, as fast with many as with few."""

import random

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from portal.departments.models import Department
from portal.people.explorable import SubtreePolicy
from portal.people.roles import EDITOR


def fill(page, size, publish):
    """`size` more children below `page`: two real items, the rest copies of the table row alone, as the listing reads them."""
    first = publish(parent=page)
    pattern = Page.objects.get(pk=first.pk)
    rows = []
    for number in range(2, size + 2):
        row = Page(**{field.attname: getattr(pattern, field.attname) for field in Page._meta.concrete_fields if field.attname not in ("id", "translation_key")})
        row.path, row.slug, row.url_path = Page._get_path(page.path, page.depth + 1, number), f"copy-{number}", f"{page.url_path}copy-{number}/"
        rows.append(row)
    Page.objects.bulk_create(rows, batch_size=200)
    Page.objects.filter(pk=page.pk).update(numchild=size + 1)


@pytest.fixture
def queries_of(client, make_department, publish):
    """Counts the queries of an admin page for the editor of a department with so many pages."""

    def count(size, url_of):
        page = make_department()
        fill(page, size, publish)
        user = User.objects.create_user(f"editor-{page.pk}")
        user.groups.add(EDITOR.group, Department.objects.get(pk=page.department_id).group)
        client.force_login(user)
        client.get(url_of(page))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url_of(page))
        assert response.status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize(
    "url_of",
    [
        lambda page: reverse("wagtailadmin_explore", args=[page.pk]),
        lambda page: reverse("wagtailadmin_explore", args=[page.pk]) + "?ordering=title",
        lambda page: f"/admin/api/main/pages/?child_of={page.pk}&for_explorer=1",
    ],
    ids=["listing", "ordered", "menu"],
)
def test_the_explorer_asks_no_more_with_1500_pages_than_with_60(queries_of, url_of):
    """Budget: equal with 60 and with 1,500 pages (both fill a page of the listing)."""
    assert queries_of(1500, url_of) == queries_of(60, url_of)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it reads")
def test_sqlite_reads_a_subtree_by_index(department_page):
    for pages in (Page.objects.descendant_of(department_page), Page.objects.child_of(department_page)):
        assert "SEARCH wagtailcore_page USING INDEX" in pages.order_by().explain()


def test_a_path_matches_exactly_what_startswith_says(home, make_department, publish):
    publish(), publish(parent=make_department())
    paths = list(Page.objects.values_list("path", flat=True))
    for path in paths:
        assert set(Page.objects.filter(path__startswith=path).values_list("path", flat=True)) == {each for each in paths if each.startswith(path)}


@pytest.mark.parametrize("seed", range(8))
def test_explorable_pages_are_those_of_wagtail_s_own_policy(home, make_department, publish, seed):
    """For random permissions anywhere in the tree, nested ones and single kinds included."""
    for _ in range(3):
        publish(parent=make_department())
    chance = random.Random(seed)
    user = User.objects.create_user(f"user-{seed}")
    group = Group.objects.create(name=f"group-{seed}")
    user.groups.add(group)
    permissions = list(Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=["add_page", "change_page", "publish_page"]))
    for page in chance.sample(list(Page.objects.all()), chance.randint(1, 4)):
        for permission in chance.sample(permissions, chance.randint(1, 3)):
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    own, wagtails = policy_registry.get_by_type(Page), PagePermissionPolicy(Page)
    assert isinstance(own, SubtreePolicy)
    expected = set(wagtails.explorable_instances(User.objects.get(pk=user.pk)).values_list("path", flat=True))
    assert set(own.explorable_instances(User.objects.get(pk=user.pk)).values_list("path", flat=True)) == expected != set()


def test_nobody_s_explorer_is_empty_and_a_superuser_s_is_all(home, department_page):
    policy = policy_registry.get_by_type(Page)
    assert not policy.explorable_instances(User.objects.create_user("nobody")).exists()
    assert policy.explorable_instances(User.objects.create_superuser("root")).count() == Page.objects.count()
