"""Ways round the front door: what isn't public stays out of sight by each of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.people.roles import OPERATOR
from search.outbox import IndexChange

Publish = Callable[..., Any]


@pytest.mark.parametrize("mode", ["on_application"])
def test_an_item_that_is_not_proactive_has_no_page(publish: Publish, client: Client, mode: str) -> None:
    assert client.get(publish().url).status_code == 200
    assert client.get(publish(mode=mode).url).status_code == 404


def test_the_index_hears_of_a_lock_and_of_its_end(publish: Publish) -> None:
    notice = publish()
    IndexChange.objects.all().delete()
    lock = PageViewRestriction.objects.create(page=notice.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert IndexChange.objects.filter(source="item", key=notice.pk).count() == 1
    lock.delete()
    assert IndexChange.objects.filter(source="item", key=notice.pk).count() == 2


def test_an_operator_does_not_switch_off_a_superuser_in_bulk(home: Any, client: Client) -> None:
    root = User.objects.create_superuser("root", password="irrelevant")
    operator = User.objects.create_user("op", password="irrelevant")
    operator.groups.add(OPERATOR.group)
    client.force_login(operator)
    address = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{address}?id={root.pk}&next=/admin/users/", {"mark_as_active": ""})
    root.refresh_from_db()
    assert root.is_active
