"""我要纠错: reported without script, once, by people; seen and answered by those whose page it is."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from disclosure.items.columns import DepartmentPage
from disclosure.items.corrections import CorrectionReport, client_address
from portal.calendar.models import CalendarDay
from portal.people.roles import DISCLOSURE_OFFICE, ensure_roles

Publish = Callable[..., Any]


@pytest.fixture(autouse=True)
def empty_cache(home: Any) -> None:
    cache.clear()


@pytest.fixture
def item(publish: Publish) -> Any:
    return publish(title="低保标准")


def data(**values: Any) -> dict[str, Any]:
    return {"kind": "typo", "text": "第二段“标谁”应为“标准”。", "contact": "", "website": "", "token": str(uuid.uuid4()), **values}


def send(client: Client, page: Any = None, **values: Any) -> Any:
    return client.post(f"/report-error/?page={page.pk}" if page else "/report-error/", data(**values))


def test_a_report_about_a_page_is_stored_and_thanked_for(client: Client, item: Any) -> None:
    assert "低保标准" in client.get(f"/report-error/?page={item.pk}").content.decode()
    response = send(client, item, contact="13800000000")
    report = CorrectionReport.objects.get()
    assert (report.page_id, report.page_title, report.kind, report.is_open) == (item.pk, "低保标准", "typo", True)
    assert report.page_url.endswith(item.url)
    thanks = client.get(response["Location"]).content.decode()
    assert report.number in thanks
    assert "13800000000" not in thanks


def test_sending_twice_stores_once(client: Client, item: Any) -> None:
    same = data()
    places = [client.post(f"/report-error/?page={item.pk}", same)["Location"] for _time in range(2)]
    assert places[0] == places[1]
    assert CorrectionReport.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", ""), ("kind", "nonsense"), ("text", ""), ("text", "  \n "), ("text", "错"), ("text", "长" * 2001), ("contact", "9" * 101), ("token", "x"), ("website", "http://spam.example")],
)
def test_bad_input_is_shown_at_its_field_and_what_was_typed_stays(client: Client, item: Any, field: str, value: str) -> None:
    response = send(client, item, **{"text": "这里有一个错字", "contact": "我的电话", field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "error-summary" in response.content.decode()
    if field != "contact":
        assert "我的电话" in response.content.decode()
    assert not CorrectionReport.objects.exists()


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "http://[", "没有地址"])
def test_without_a_page_an_address_is_asked_for(client: Client, address: str) -> None:
    response = send(client, page_url=address)
    assert list(response.context["form"].errors) == ["page_url"]
    assert send(client, page_url="/catalogue/").status_code == 302


@pytest.mark.parametrize("page", ["x", "-1", "0", "9" * 40, "²", "1"])
def test_a_page_that_is_not_public_is_not_named(client: Client, page: str) -> None:
    response = client.get("/report-error/", {"page": page})
    assert response.status_code == 200
    assert response.context["reported_page"] is None


def test_hidden_pages_are_not_named(client: Client, publish: Publish) -> None:
    hidden = publish(title="秘密标题", mode="on_application")
    assert "秘密标题" not in client.get(f"/report-error/?page={hidden.pk}").content.decode()


def test_an_address_may_send_only_so_many(client: Client, item: Any, settings: Any) -> None:
    settings.CORRECTIONS_PER_HOUR = 2
    assert [send(client, item).status_code for _time in range(4)] == [302, 302, 429, 429]
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert send(other, item).status_code == 302


def test_a_report_sent_again_is_answered_even_past_the_limit(client: Client, item: Any, settings: Any) -> None:
    settings.CORRECTIONS_PER_HOUR = 1
    token = str(uuid.uuid4())
    assert [send(client, item, token=token).status_code for _time in range(3)] == [302, 302, 302]


def test_the_address_is_kept_nowhere(client: Client, item: Any) -> None:
    send(Client(REMOTE_ADDR="203.0.113.77"), item)
    assert "203.0.113.77" not in str(CorrectionReport.objects.values().get()) + str(cache._cache.keys())


@pytest.mark.parametrize(
    ("header", "meta", "address"),
    [("", {"REMOTE_ADDR": "1.1.1.1", "HTTP_X_REAL_IP": "9.9.9.9"}, "1.1.1.1"), ("X-Real-IP", {"REMOTE_ADDR": "1.1.1.1", "HTTP_X_REAL_IP": "9.9.9.9"}, "9.9.9.9"),
     ("X-Forwarded-For", {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 9.9.9.9"}, "9.9.9.9")],
)
def test_only_the_named_header_is_believed(settings: Any, header: str, meta: dict[str, str], address: str) -> None:
    settings.CLIENT_ADDRESS_HEADER = header
    assert client_address(meta) == address


def test_the_answer_is_due_within_three_working_days(item: Any) -> None:
    received = dt.datetime(2026, 9, 24, 23, 30, tzinfo=timezone.get_current_timezone())
    report = CorrectionReport.objects.create(page=item, kind="typo", text="错字在此", token=uuid.uuid4(), received_at=received)
    for day in (25, 26, 27):  # the Mid-Autumn holiday
        CalendarDay.objects.update_or_create(date=dt.date(2026, 9, day), defaults={"is_working": False})
    assert report.reply_due.date == dt.date(2026, 9, 30)
    assert report.number == f"20260924-{report.pk}"


def test_the_first_handling_keeps_person_and_time(item: Any) -> None:
    now = timezone.now()
    first, second = User.objects.create_user("first"), User.objects.create_user("second")
    report = CorrectionReport.objects.create(page=item, kind="typo", text="错字在此", token=uuid.uuid4(), received_at=now)
    report.handle("已改正", first, now)
    report.handle("已改正，谢谢", second, now + dt.timedelta(days=1))
    report.refresh_from_db()
    assert (report.answer, report.handled_by, report.handled_at) == ("已改正，谢谢", first, now)


# In the admin


def staff(name: str, *groups: Any) -> Client:
    user = User.objects.create_user(name)
    user.groups.add(*groups)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reports(publish: Publish, make_department: Callable[..., DepartmentPage]) -> tuple[CorrectionReport, CorrectionReport, DepartmentPage]:
    """One report about a page of 县民政局, one about a page of 县教育局."""
    other = make_department("阳光县教育局", slug="jiaoyu")
    made = [
        CorrectionReport.objects.create(page=page, page_title=page.title, kind="typo", text="错字在此", contact="13800000000", token=uuid.uuid4(), received_at=timezone.now())
        for page in (publish(title="民政页"), publish(title="教育页", parent=other))
    ]
    return made[0], made[1], other


def test_a_department_sees_and_answers_reports_about_its_pages(reports: Any) -> None:
    mine, others, department = reports[1], reports[0], reports[2]
    client = staff("jiaoyu", department.department.group)
    text = client.get(reverse("corrections:index")).content.decode()
    assert "教育页" in text
    assert "民政页" not in text
    assert client.get(reverse("corrections:edit", args=[others.pk])).status_code in (302, 403, 404)
    assert "13800000000" in client.get(reverse("corrections:edit", args=[mine.pk])).content.decode()
    client.post(reverse("corrections:edit", args=[others.pk]), {"answer": "越权"})
    client.post(reverse("corrections:edit", args=[mine.pk]), {"answer": "已改正"})
    others.refresh_from_db()
    mine.refresh_from_db()
    assert (others.answer, others.is_open) == ("", True)
    assert (mine.answer, mine.is_open, mine.handled_by.username) == ("已改正", False, "jiaoyu")


def test_the_disclosure_office_sees_all_and_filters(reports: Any) -> None:
    ensure_roles()
    reports[0].handle("已改正", None, timezone.now())
    client = staff("office", DISCLOSURE_OFFICE.group)
    everything = client.get(reverse("corrections:index")).content.decode()
    assert "民政页" in everything
    assert "教育页" in everything
    still_open = client.get(reverse("corrections:index"), {"state": "open"}).content.decode()
    assert "民政页" not in still_open
    assert "教育页" in still_open


def test_an_empty_answer_handles_nothing(reports: Any) -> None:
    ensure_roles()
    client = staff("office", DISCLOSURE_OFFICE.group)
    response = client.post(reverse("corrections:edit", args=[reports[0].pk]), {"answer": " "})
    assert response.status_code == 200
    reports[0].refresh_from_db()
    assert reports[0].is_open


def test_nobody_without_a_page_or_right_gets_in_and_nobody_adds(reports: Any) -> None:
    client = staff("nobody")
    assert client.get(reverse("corrections:index")).status_code == 302
    office = staff("office2", reports[2].department.group)
    assert office.get(reverse("corrections:add")).status_code == 302
