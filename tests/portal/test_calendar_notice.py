"""The yearly notice: its lines, what they change, the commands, the admin page, the warning."""

import datetime as dt
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.changes import carry_out, plan_notice
from portal.calendar.models import CalendarDay
from portal.calendar.notice import decode_upload, read_notice
from portal.calendar.seeding import seed_calendar
from portal.calendar.signals import calendar_changed
from portal.calendar.store import load_calendar
from portal.calendar.warning import years_without_notice
from portal.calendar.work_calendar import WorkCalendar
from portal.people.roles import EDITOR, SUPERVISION_OFFICE

# Invented for these tests; the real notice of 2027 wasn't out when they were written.
LINES = """\
# 2027
2027-01-01..2027-01-03 休 元旦
2027-02-05..2027-02-11 休 春节
2027年2月20日 班
2027-04-03 至 2027-04-05 休 清明节
2027/5/1—2027/5/5 放假 劳动节
2027-05-08,班,

2027-06-09 休 端午节
2027-09-15 休 中秋节
2027-09-26 上班
2027-10-01..2027-10-07 休 国庆节
"""
CSV = "日期,类型,说明\n" + "".join(f"2027-01-0{number},休,元旦\n" for number in (1, 2, 3)) + "2027-01-09,班,\n"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def seeded(db):
    """The calendar of 2004–2026 in the database."""
    seed_calendar()


@pytest.fixture
def supervisor(home, client):
    """The browser of somebody of the supervision office."""
    user = User.objects.create_user("test-supervisor")
    user.groups.add(SUPERVISION_OFFICE.group)
    client.force_login(user)
    return client


def test_typed_lines_in_all_the_ways_people_write_them():
    notice = read_notice(LINES, 2027)
    assert notice.errors == []
    assert len(notice.days) == 3 + 7 + 1 + 3 + 5 + 1 + 1 + 1 + 1 + 7
    assert notice.days[day("2027-02-20")].is_working and not notice.days[day("2027-05-05")].is_working
    assert notice.days[day("2027-10-07")].note == "国庆节"
    assert notice.main_year == 2027


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2027-02-30 休", "2027-02-30"),
        ("2027-10-07..2027-10-01 休", "早于"),
        ("2027-01-01..2027-03-01 休", "31"),
        ("2027-10-01 玩", "玩"),
        ("十月一日 休", "2027-10-01..2027-10-07"),
        ("2027-10-01", "2027-10-01..2027-10-07"),
        ("2026-10-01 休", "2027"),
        ("2028-01-01 休", "2027"),
        ("2027-05-01 班", "2"),
    ],
)
def test_a_wrong_line_is_named_with_its_number_and_the_others_are_read(line, words):
    notice = read_notice(f"2027-01-01 休\n2027-05-01 休\n\n{line}\n2027-06-09 休", 2027)
    assert [error.line for error in notice.errors] == [4]
    assert words in str(notice.errors[0].message)
    assert {day("2027-01-01"), day("2027-06-09")} <= notice.days.keys()


def test_new_year_may_begin_in_december():
    assert not read_notice("2026-12-31..2027-01-02 休", 2027).errors


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_reading(text):
    notice = read_notice(text, 2027)
    assert all(1 <= error.line <= len(text.splitlines()) for error in notice.errors)


def test_a_spreadsheet_s_encoding_is_understood():
    assert decode_upload(CSV.encode("gb18030")) == decode_upload(b"\xef\xbb\xbf" + CSV.encode()) == CSV
    with pytest.raises(UnicodeDecodeError):
        decode_upload(b"\x89PNG\xff\xff\x00")


def test_the_first_notice_decides_on_the_whole_year_a_later_one_only_on_its_days(seeded):
    first = plan_notice(read_notice(LINES, 2027), 2027, "国办发明电〔2026〕0号", load_calendar())
    assert len(first.changes) == 365 and first.missing == ()
    assert {change.date for change in first.changes if change.flips and change.is_working} == {day("2027-02-20"), day("2027-05-08"), day("2027-09-26")}
    carry_out(first.changes)
    calendar = load_calendar()
    assert calendar.has_data(2027) and not calendar.add_working_days(day("2026-12-04"), 20).provisional
    later = plan_notice(read_notice("2027-09-26 休", 2027), 2027, "更正", calendar)
    assert [(change.date, change.is_working) for change in later.changes] == [(day("2027-09-26"), False)]
    assert plan_notice(read_notice(LINES, 2027), 2027, "x", calendar).changes == ()


def test_a_forgotten_statutory_day_is_named(seeded):
    plan = plan_notice(read_notice(LINES.replace("2027-09-15 休 中秋节\n", ""), 2027), 2027, "x", load_calendar())
    assert plan.missing == (day("2027-09-15"),)


def test_those_who_reckon_due_dates_hear_of_it_after_the_commit(seeded, django_capture_on_commit_callbacks):
    heard = []

    def listen(days, **_kwargs):
        heard.extend(days)

    calendar_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            carry_out(plan_notice(read_notice("2026-05-09 休", 2026), 2026, "x", load_calendar()).changes)
            assert heard == []
    finally:
        calendar_changed.disconnect(listen)
    assert heard == [day("2026-05-09")]


def test_seeding_gives_every_day_once_and_spares_corrections(seeded):
    assert CalendarDay.objects.count() == (dt.date(2027, 1, 1) - dt.date(2004, 1, 1)).days
    CalendarDay.objects.filter(date="2026-05-09").update(is_working=False)
    CalendarDay.objects.filter(date="2026-05-10").delete()
    assert seed_calendar() == 1
    assert not CalendarDay.objects.get(date="2026-05-09").is_working


def test_loading_costs_one_query_and_sees_every_change(seeded, django_assert_max_num_queries):
    """Budget: 2 queries the first time, 1 afterwards."""
    with django_assert_max_num_queries(2):
        assert load_calendar().is_working_day(day("2026-02-14"))
    with django_assert_max_num_queries(1):
        load_calendar()
    row = CalendarDay.objects.get(date="2026-02-14")
    row.is_working = False
    row.save()
    assert not load_calendar().is_working_day(day("2026-02-14"))
    row.delete()
    assert load_calendar().is_provisional(day("2026-02-14"))


def test_the_warning_begins_in_its_month():
    calendar = WorkCalendar.of({dt.date(2026, 1, 1): (False, False)})
    assert years_without_notice(calendar, dt.date(2026, 10, 31), 11) == []
    assert years_without_notice(calendar, dt.date(2026, 11, 1), 11) == [2027]
    assert years_without_notice(calendar, dt.date(2027, 1, 1), 11) == [2027]


def test_check_command_says_what_is_missing_by_its_exit(seeded, home, capsys):
    call_command("calendar_check", "--day", "2026-10-31")
    with pytest.raises(CommandError, match="2027"):
        call_command("calendar_check", "--day", "2026-11-01")


def test_import_command_tries_first_and_then_writes(seeded, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_bytes(CSV.encode("gb18030"))
    out = StringIO()
    call_command("calendar_import", str(file), "--dry-run", stdout=out, stderr=StringIO())
    assert "2027-01-09" in out.getvalue() and not CalendarDay.objects.filter(date__year=2027).exists()
    warned = StringIO()
    call_command("calendar_import", str(file), "--source", "通知", stdout=StringIO(), stderr=warned)
    assert "2027-10-01" in warned.getvalue()
    row = CalendarDay.objects.get(date="2027-01-09")
    assert (row.is_working, row.provisional, row.source) == (True, False, "通知")
    assert CalendarDay.objects.filter(date__year=2027).count() == 365


def test_import_command_writes_nothing_when_a_line_is_wrong(seeded, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_text(CSV + "2027-13-01,休\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"2027\.csv:6: "):
        call_command("calendar_import", str(file))
    with pytest.raises(CommandError, match="No such file"):
        call_command("calendar_import", str(tmp_path / "none.csv"))
    file.write_bytes(b"\x89PNG\xff\xff\x00")
    with pytest.raises(CommandError, match="isn't a text file"):
        call_command("calendar_import", str(file))
    assert not CalendarDay.objects.filter(date__year=2027).exists()


def test_the_form_previews_exactly_what_the_confirmation_does(seeded, supervisor):
    url = reverse("calendar_notice")
    assert supervisor.get(url, {"year": "2027"}).context["form"].initial["year"] == 2027
    entered = {"year": "2027", "source": "国办发明电〔2026〕0号", "text": LINES}
    preview = supervisor.post(url, entered)
    plan = preview.context["plan"]
    assert preview.status_code == 200 and plan.flipping > 0 and "2027-09-26" in preview.content.decode()
    assert not CalendarDay.objects.filter(date__year=2027).exists()
    confirmed = supervisor.post(url, {**entered, "seen": plan.fingerprint})
    assert confirmed.status_code == 302 and supervisor.get(confirmed.url).status_code == 200
    assert {row.date: row.is_working for row in CalendarDay.objects.filter(date__year=2027)} == {change.date: change.is_working for change in plan.changes}


def test_what_changed_since_the_preview_is_shown_again_and_not_written(seeded, supervisor):
    url = reverse("calendar_notice")
    plan = supervisor.post(url, {"year": "2027", "source": "通知", "text": LINES}).context["plan"]
    again = supervisor.post(url, {"year": "2027", "source": "通知", "text": LINES + "2027-12-31 休", "seen": plan.fingerprint})
    assert again.status_code == 200 and again.context["plan"].fingerprint != plan.fingerprint
    assert not CalendarDay.objects.filter(date__year=2027).exists()


def test_errors_name_the_line_and_keep_what_was_typed(seeded, supervisor):
    response = supervisor.post(reverse("calendar_notice"), {"year": "2027", "source": "通知", "text": "2027-10-01 休\n2027-10-02 玩"})
    text = response.content.decode()
    assert response.status_code == 200 and "2027-10-02 玩" in text and "玩" in str(response.context["form"].errors["text"])
    assert "第2行" in str(response.context["form"].errors["text"])


@pytest.mark.parametrize("fields", [{"year": ""}, {"year": "99999"}, {"source": ""}, {"text": ""}, {"year": "²"}])
def test_incomplete_forms_are_sent_back(seeded, supervisor, fields):
    response = supervisor.post(reverse("calendar_notice"), {"year": "2027", "source": "通知", "text": LINES, **fields})
    assert response.status_code == 200 and set(response.context["form"].errors) == set(fields)
    assert supervisor.get(reverse("calendar_notice"), {"year": "²"}).status_code == 200


def test_an_uploaded_table_goes_into_the_lines(seeded, supervisor):
    file = SimpleUploadedFile("2027.csv", CSV.encode("gb18030"))
    preview = supervisor.post(reverse("calendar_notice"), {"year": "2027", "source": "通知", "text": "", "file": file})
    assert preview.context["carried"]["text"] == CSV
    wrong = SimpleUploadedFile("2027.csv", (CSV + "2027-13-01,休").encode())
    back = supervisor.post(reverse("calendar_notice"), {"year": "2027", "source": "通知", "text": "", "file": wrong})
    assert "2027-13-01,休" in back.content.decode() and "text" in back.context["form"].errors
    picture = SimpleUploadedFile("a.csv", b"\x89PNG\xff\xff\x00")
    assert "file" in supervisor.post(reverse("calendar_notice"), {"year": "2027", "source": "通知", "file": picture}).context["form"].errors


def test_going_back_from_the_preview_keeps_the_lines(seeded, supervisor):
    response = supervisor.post(reverse("calendar_notice"), {"year": "2027", "source": "通知", "text": LINES, "back": "1"})
    assert "2027-09-26 上班" in response.content.decode() and "plan" not in response.context


def test_an_editor_may_not_enter_a_notice(home, client):
    user = User.objects.create_user("test-editor")
    user.groups.add(EDITOR.group)
    client.force_login(user)
    assert client.get(reverse("calendar_notice")).status_code == 302
    assert client.post(reverse("calendar_notice"), {"year": "2027", "source": "x", "text": LINES}).status_code == 302
    assert not CalendarDay.objects.exists()


def test_the_first_page_of_the_admin_warns_those_who_can_help(supervisor):
    """The calendar is empty here, so this year's notice is missing on whatever day the test runs."""
    assert reverse("calendar_notice") in supervisor.get(reverse("wagtailadmin_home")).content.decode()


def test_a_single_day_is_corrected_in_the_admin(seeded, supervisor):
    row = CalendarDay.objects.get(date="2026-05-09")
    response = supervisor.post(reverse("calendar_day:edit", args=[row.pk]), {"date": "2026-05-09", "source": "更正"})
    assert response.status_code == 302 and not load_calendar().is_working_day(day("2026-05-09"))
    assert supervisor.get(reverse("calendar_day:index"), {"date__year": "2026", "is_working": "true"}).context["object_list"]
