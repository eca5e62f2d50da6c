"""Policy documents: dates, validity, and what one document does to another."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from disclosure.items.kinds import Validity
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage, PolicyRelation, changed_by

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
Act = PolicyRelation.Act


@pytest.fixture
def document(publish: Any) -> Any:
    """Publishes a policy document; fields override."""

    def make(**fields: Any) -> PolicyDocumentPage:
        return publish(PolicyDocumentPage, **{"signed_on": TODAY - 100 * DAY, "summary": "概述", **fields})

    return make


def relate(later: PolicyDocumentPage, act: str, earlier: PolicyDocumentPage) -> PolicyRelation:
    return PolicyRelation.objects.create(later=later, act=act, earlier=earlier)


def fresh(page: PolicyDocumentPage) -> PolicyDocumentPage:
    return PolicyDocumentPage.objects.get(pk=page.pk)


def test_the_date_of_making_is_the_day_of_signing(document: Any):
    signed = TODAY - 400 * DAY
    one = document(signed_on=signed, made_on=TODAY)
    assert one.made_on == signed
    assert f"/{signed.year}-" in one.index_number


def test_a_normative_document_lapses_by_itself_on_its_day(document: Any):
    one = document(is_normative=True, lapses_on=TODAY)
    for day, validity in ((TODAY - DAY, Validity.IN_FORCE), (TODAY, Validity.LAPSED), (TODAY + DAY, Validity.LAPSED)):
        assert one.validity_on(day) == validity
        assert list(PolicyDocumentPage.objects.of_validity(validity, day)) == [one]


@pytest.mark.parametrize("validity", Validity.values)
@pytest.mark.parametrize("shift", [None, -1, 0, 1])
def test_list_and_page_agree_on_validity(document: Any, validity: str, shift: int | None):
    one = document()
    PolicyDocumentPage.objects.filter(pk=one.pk).update(validity=validity, lapses_on=None if shift is None else TODAY + shift * DAY)
    said = fresh(one).validity_on(TODAY)
    for other in Validity.values:
        assert PolicyDocumentPage.objects.of_validity(other, TODAY).filter(pk=one.pk).exists() == (other == said)


def test_repealing_takes_effect_with_publication_and_ends_with_it(document: Any):
    old = document(lapses_on=TODAY + 900 * DAY)
    new = document(effective_on=TODAY - 2 * DAY)
    relate(new, Act.REPEALS, old)
    assert (fresh(old).validity_now, fresh(old).lapses_on) == (Validity.REPEALED, TODAY - 2 * DAY)
    fresh(new).unpublish()
    assert (fresh(old).validity_now, fresh(old).lapses_on) == (Validity.IN_FORCE, TODAY + 900 * DAY)
    fresh(new).save_revision().publish()
    assert fresh(old).validity_now == Validity.REPEALED
    fresh(new).delete()
    assert (fresh(old).validity_now, fresh(old).lapses_on, fresh(old).own_validity) == (Validity.IN_FORCE, TODAY + 900 * DAY, "")


def test_a_draft_repeals_nothing(document: Any, department_page: Any):
    old = document()
    draft = department_page.add_child(instance=PolicyDocumentPage(title="草案", live=False, signed_on=TODAY))
    relate(draft, Act.REPEALS, old)
    assert fresh(old).validity_now == Validity.IN_FORCE


def test_taking_the_relation_away_gives_the_validity_back(document: Any):
    old, new = document(), document()
    relation = relate(new, Act.AMENDS, old)
    assert fresh(old).validity_now == Validity.AMENDED
    relation.delete()
    assert fresh(old).validity_now == Validity.IN_FORCE


def test_of_two_that_repeal_it_the_second_still_holds(document: Any):
    old, first, second = document(), document(effective_on=TODAY - 5 * DAY), document(effective_on=TODAY - 3 * DAY)
    relate(first, Act.REPEALS, old)
    relate(second, Act.REPEALS, old)
    relate(second, Act.AMENDS, first)
    assert fresh(old).lapses_on == TODAY - 5 * DAY
    fresh(first).unpublish()
    assert (fresh(old).validity_now, fresh(old).lapses_on) == (Validity.REPEALED, TODAY - 3 * DAY)


def test_a_repeal_from_a_later_day_leaves_it_in_force_until_then(document: Any):
    old, new = document(), document(effective_on=TODAY + 10 * DAY)
    relate(new, Act.REPEALS, old)
    assert fresh(old).validity_on(TODAY + 9 * DAY) == Validity.IN_FORCE
    assert fresh(old).validity_on(TODAY + 10 * DAY) == Validity.REPEALED


def test_an_older_revision_doesnt_bring_a_repealed_document_back(document: Any):
    old, new = document(), document()
    revision = old.save_revision()
    relate(new, Act.REPEALS, old)
    revision.publish()
    assert fresh(old).validity_now == Validity.REPEALED
    fresh(new).unpublish()
    assert fresh(old).validity_now == Validity.IN_FORCE


def test_a_copy_of_a_repealed_document_is_an_own_document(document: Any):
    old, new = document(), document()
    relate(new, Act.REPEALS, old)
    copy = fresh(old).copy(update_attrs={"slug": "copy", "title": "副本"}, keep_live=False)
    assert copy.specific.own_validity == ""
    assert copy.specific.index_number != old.index_number


def test_both_documents_know_of_the_relation(document: Any):
    old, new = document(), document()
    relation = relate(new, Act.REPEALS, old)
    assert list(fresh(new).acts.all()) == [relation]
    assert list(fresh(old).acted_on_by.all()) == [relation]


DATES = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1))


@given(validity=st.sampled_from(Validity.values), lapses=DATES, act=st.sampled_from(Act.values), day=DATES)
def test_no_act_makes_a_document_hold_longer(validity: str, lapses: dt.date | None, act: str, day: dt.date | None):
    after, until = changed_by(validity, lapses, act, day)
    if lapses:
        assert until is not None
        assert until <= lapses
    assert changed_by(after, until, act, day) == (after, until)
    if validity == Validity.LAPSED:
        assert (after, until) == (validity, lapses)


def test_a_normative_document_without_interpretation_asks_for_a_reason(document: Any, publish: Any):
    one = document(is_normative=True, lapses_on=TODAY + 1800 * DAY)
    assert len(one.warnings()) == 1
    one.no_interpretation_reason = "只调整机构名称"
    assert one.warnings() == []
    one.no_interpretation_reason = ""
    publish(InterpretationPage, document=one, summary="解读")
    assert one.warnings() == []
