"""What each role may do: the matrix of roles and admin pages, through the real admin."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Site

from portal.people.roles import CHIEF, DISCLOSURE_OFFICE, EDITOR, OPERATOR, REVIEWER, ROLES, SUPERVISION_OFFICE, ensure_roles

KEYS = [role.key for role in ROLES]
# Admin page → roles that get in; everybody else is refused.
MATRIX = {
    "wagtailadmin_home": set(KEYS),
    "wagtailimages:index": {"editor", "disclosure_office"},
    "wagtaildocs:index": {"editor", "disclosure_office"},
    "wagtailimages_chooser:choose": set(KEYS),
    "wagtaildocs_chooser:choose": set(KEYS),
    "wagtailimages:add_multiple": {"editor", "disclosure_office"},
    "wagtaildocs:add_multiple": {"editor", "disclosure_office"},
    "department:index": {"disclosure_office", "supervision_office"},
    "department:add": {"disclosure_office"},
    "calendar_day:index": {"supervision_office"},
    "calendar_day:add": {"supervision_office"},
    "calendar_notice": {"supervision_office"},
    "wagtailusers_users:index": {"operator"},
    "wagtailusers_users:add": {"operator"},
    "wagtailusers_groups:index": set(),
    "wagtailsites:index": {"operator"},
    "wagtailsites:add": {"operator"},
    "wagtailredirects:index": {"operator", "disclosure_office"},
    "wagtailredirects:add": {"operator", "disclosure_office"},
    "wagtailsearchpromotions:index": {"disclosure_office"},
    "wagtailadmin_collections:index": {"disclosure_office"},
    "wagtailadmin_workflows:index": set(),
    "wagtailadmin_reports:aging_pages": {"disclosure_office"},
    "wagtailadmin_reports:locked_pages": {"disclosure_office"},
}


@pytest.fixture
def as_role(home, client):
    """Logs a person of one role, without any department, into the admin."""

    def login(key):
        user = User.objects.create_user(f"test-{key}", password="irrelevant")
        user.groups.add(ensure_roles()[key])
        client.force_login(user)
        return client

    return login


@pytest.mark.parametrize("key", KEYS)
def test_each_role_gets_in_where_the_matrix_says_and_nowhere_else(as_role, key):
    client = as_role(key)
    got_in = {name for name in MATRIX if client.get(reverse(name)).status_code == 200}
    assert got_in == {name for name, keys in MATRIX.items() if key in keys}


@pytest.mark.parametrize("key", KEYS)
def test_site_settings_are_for_the_office_and_the_operator(as_role, key):
    url = reverse("wagtailsettings:edit", args=["portal", "portalsettings", Site.objects.get(is_default_site=True).pk])
    assert (as_role(key).get(url).status_code == 200) == (key in {"disclosure_office", "operator"})


def test_only_the_office_works_on_the_whole_tree(as_role, home, department_page):
    for role in ROLES:
        allowed = as_role(role.key).get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200
        assert allowed == (role.key == "disclosure_office"), role.key


def test_making_the_roles_again_changes_nothing(home):
    def state():
        return (
            set(Group.permissions.through.objects.values_list("group_id", "permission_id")),
            set(GroupCollectionPermission.objects.values_list("pk", flat=True)),
            set(GroupPagePermission.objects.values_list("pk", flat=True)),
        )

    ensure_roles()
    before = state()
    ensure_roles()
    assert state() == before


def test_what_a_county_granted_besides_stays(home):
    group = ensure_roles()["reviewer"]
    group.permissions.add(DISCLOSURE_OFFICE.group.permissions.get(codename="view_department"))
    ensure_roles()
    assert group.permissions.filter(codename="view_department").exists()


def test_roles_come_back_after_everything_was_flushed(db):
    """What a transactional test leaves behind: no groups; the signal that follows a flush makes them again."""
    Group.objects.all().delete()
    for config in apps.get_app_configs():
        if config.models_module is not None:
            post_migrate.send(sender=config, app_config=config, verbosity=0, interactive=False, using="default", apps=apps, plan=[])
    assert set(Group.objects.values_list("name", flat=True)) == {role.group_name for role in ROLES}
    assert EDITOR.group.permissions.filter(codename="access_admin").exists()


def test_without_a_site_or_collections_the_roles_are_made_all_the_same(db):
    Site.objects.all().delete()
    groups = ensure_roles()
    assert list(groups) == KEYS


def test_wagtail_s_own_groups_go_unless_somebody_is_in_them(db):
    group = Group.objects.create(name="Editors")
    user = User.objects.create_user("somebody")
    user.groups.add(group)
    Group.objects.create(name="Moderators")
    ensure_roles()
    assert Group.objects.filter(name="Editors").exists() and not Group.objects.filter(name="Moderators").exists()


def test_what_is_submitted_goes_to_the_reviewers(db):
    ensure_roles()
    task = GroupApprovalTask.objects.get(name=REVIEWER.group_name)
    assert list(task.groups.all()) == [REVIEWER.group]


def test_the_command_lists_every_role(home, capsys):
    call_command("roles")
    out = capsys.readouterr().out
    assert all(role.group_name in out for role in (EDITOR, REVIEWER, CHIEF, DISCLOSURE_OFFICE, SUPERVISION_OFFICE, OPERATOR))


def account(**fields):
    password = "a-long-Pass-phrase-7"
    return {"username": "newcomer", "first_name": "新", "last_name": "人", "email": "new@example.org", "password1": password, "password2": password, **fields}


def test_an_operator_makes_accounts_but_no_superuser(as_role):
    client = as_role("operator")
    url = reverse("wagtailusers_users:add")
    client.post(url, account(is_superuser="on"))
    assert not User.objects.filter(username="newcomer").exists()
    client.post(url, account(groups=[EDITOR.group.pk]))
    assert list(User.objects.get(username="newcomer").groups.all()) == [EDITOR.group]


def test_an_operator_touches_no_superuser(as_role):
    chief = User.objects.create_superuser("root", password="irrelevant")
    client = as_role("operator")
    edit, delete = (reverse(f"wagtailusers_users:{act}", args=[chief.pk]) for act in ("edit", "delete"))
    client.post(edit, account(username="root"))
    client.post(delete)
    again = User.objects.get(pk=chief.pk)
    assert again.check_password("irrelevant") and again.is_superuser
    ordinary = User.objects.create_user("ordinary")
    client.post(reverse("wagtailusers_users:edit", args=[ordinary.pk]), account(username="ordinary", is_superuser="on"))
    ordinary.refresh_from_db()
    assert not ordinary.is_superuser
