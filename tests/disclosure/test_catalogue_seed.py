"""The catalogue a county starts with (standards §1.1, §5.3, §15 rows 26 and 29)."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.catalogue.seed import GROUPS, department_slugs, items, seed_catalogue
from disclosure.catalogue.tree import leaves_only
from portal.departments.models import Department
from tests.conftest import credit_code


@pytest.fixture
def county(db):
    """Every department the data names, two townships and a county office."""
    wanted = [*((slug, "department") for slug in department_slugs()), ("chengguanzhen", "township"), ("hexi", "township"), ("danganguan", "county_office")]
    for number, (slug, kind) in enumerate(wanted, start=1):
        Department.objects.create(name=f"阳光县{slug}", short_name=slug, slug=slug, kind=kind, credit_code=credit_code(500_000 + number))


def test_the_law_in_numbers(db):
    seed_catalogue()
    assert CatalogueItem.objects.filter(code__startswith="20.", depth=2).count() == 15
    assert CatalogueItem.objects.filter(code__startswith="21.", depth=2).count() == 7
    assert CatalogueItem.objects.filter(code__startswith="21t.", depth=2).count() == 8
    assert SubjectTheme.objects.filter(depth=1).count() == 22
    assert SubjectTheme.objects.get(code="04.02").name == "税务"


def test_every_leaf_has_every_column_and_an_owner(county):
    report = seed_catalogue()
    assert not report.unknown_departments
    leaves = leaves_only(CatalogueItem.objects.all())
    assert leaves.count() >= 90
    for leaf in leaves:
        for column in ("description", "article", "elements", "basis", "limit_from", "channels"):
            assert getattr(leaf, column), (leaf.code, column)
        assert leaf.county_level or leaf.township_level or leaf.village_level, leaf.code
        assert leaf.departments.exists(), leaf.code
        assert leaf.channel_labels and len(leaf.channel_labels) == len(leaf.channels), leaf.code
        assert bool(leaf.audience_note) == (leaf.audience == "group"), leaf.code
        leaf.full_clean()


def test_limits_that_other_laws_set(db):
    seed_catalogue()
    found = {code: (leaf.limit_amount, leaf.limit_unit) for code, leaf in ((leaf.code, leaf) for leaf in CatalogueItem.objects.all())}
    assert found["20.7.1"] == found["20.7.4"] == (20, "d")
    assert found["20.5.3"] == found["20.6.2"] == (7, "wd")
    assert found["20.6.3"] == (3, "wd")
    assert found["20.2.1"] == (20, "wd")


def test_seeding_again_changes_nothing(county):
    first = seed_catalogue()
    before = list(CatalogueItem.objects.values())
    again = seed_catalogue()
    assert len(first.created) == CatalogueItem.objects.count() + SubjectTheme.objects.count()
    assert not again.created and not again.updated and not again.completed
    assert list(CatalogueItem.objects.values()) == before


def test_what_an_operator_edited_stays_until_overwritten(county):
    seed_catalogue()
    leaf = CatalogueItem.objects.get(code="20.11.3")
    leaf.name, leaf.limit_amount = "中小学招生", 5
    leaf.save()
    leaf.departments.set(Department.objects.filter(slug="caizheng"))
    seed_catalogue()
    leaf.refresh_from_db()
    assert (leaf.name, leaf.limit_amount, [body.slug for body in leaf.departments.all()]) == ("中小学招生", 5, ["caizheng"])
    report = seed_catalogue(overwrite=True)
    leaf.refresh_from_db()
    assert (leaf.name, leaf.limit_amount, [body.slug for body in leaf.departments.all()]) == ("义务教育招生入学", 20, ["jiaoyu"])
    assert "20.11.3" in report.updated


def test_departments_that_come_later_are_named_by_the_next_run(db):
    assert "minzheng" in seed_catalogue().unknown_departments
    body = Department.objects.create(name="阳光县民政局", short_name="县民政局", slug="minzheng", credit_code=credit_code(700_000))
    report = seed_catalogue()
    assert "21.7.1" in report.completed
    assert list(CatalogueItem.objects.get(code="21.7.1").departments.all()) == [body]
    assert "minzheng" not in report.unknown_departments


def test_a_moved_item_is_not_seeded_a_second_time(db):
    seed_catalogue()
    leaf = CatalogueItem.objects.get(code="21.7.4")
    leaf.parent, leaf.code = CatalogueItem.objects.get(code="20.11"), "20.11.40"
    leaf.full_clean()
    leaf.save()
    assert not seed_catalogue().created


def test_the_command_says_what_is_missing(db):
    out, err = io.StringIO(), io.StringIO()
    call_command("catalogue_seed", stdout=out, stderr=err)
    assert str(CatalogueItem.objects.count() + SubjectTheme.objects.count()) in out.getvalue()
    assert "minzheng" in err.getvalue()


def test_slugs_are_addresses(db):
    assert not set(department_slugs()) & set(GROUPS)
    assert all(slug == slug.lower() and slug.replace("-", "").isalnum() for slug in department_slugs())
    assert len({leaf.code for leaf in items()}) == len(list(items()))


def test_moving_takes_the_branch_along_and_keeps_the_old_codes(db):
    seed_catalogue()
    branch = CatalogueItem.objects.get(code="21.7")
    branch.parent, branch.code = CatalogueItem.objects.get(code="20"), "20.16"
    branch.full_clean()
    branch.save()
    leaf = CatalogueItem.objects.get(code="20.16.1")
    assert leaf.sort_path.startswith(branch.sort_path) and leaf.depth == 3
    assert CatalogueItem.objects.having_had("21.7.1").get() == leaf
    newcomer = CatalogueItem(code="21.7", name="新事项", parent=CatalogueItem.objects.get(code="21"))
    with pytest.raises(ValidationError) as caught:
        newcomer.full_clean()
    assert "code" in caught.value.message_dict


def test_no_item_below_itself(db):
    seed_catalogue()
    top = CatalogueItem.objects.get(code="20")
    top.parent = CatalogueItem.objects.get(code="20.11")
    with pytest.raises(ValidationError) as caught:
        top.full_clean()
    assert "parent" in caught.value.message_dict


def test_order_without_ties(db):
    seed_catalogue()
    paths = list(CatalogueItem.objects.values_list("sort_path", flat=True))
    assert len(set(paths)) == len(paths)
    codes = list(CatalogueItem.objects.tree_order().values_list("code", flat=True))
    assert codes.index("20.9") < codes.index("20.10") < codes.index("20.10.1") < codes.index("21") < codes.index("21t")
