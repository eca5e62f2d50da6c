"""Wagtail's interface in Chinese: nothing missing, nothing damaged, and in the words the editors see."""

import re
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from portal.translation.gaps import DOMAINS, OURS, absent, sources, wagtail_gaps

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
LINK = re.compile(r'(?:href|data-[\w-]+|class|target|rel)="[^"]*"')


def catalogue(domain: str) -> polib.POFile:
    """Our own catalogue of one domain."""
    return polib.pofile(str(OURS / f"{domain}.po"))


def texts(entry: polib.POEntry) -> list[str]:
    """The translations of one string: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_nothing_of_wagtail_is_left_in_english() -> None:
    assert wagtail_gaps() == []


def test_the_sources_are_found() -> None:
    assert len(list(sources("django"))) > 10
    assert len(list(sources("djangojs"))) == 1


def test_an_absent_string_an_empty_one_and_a_guess_are_gaps() -> None:
    source = [polib.POEntry(msgid=text) for text in ("Done", "Absent", "Empty", "Guess")]
    chinese = [polib.POEntry(msgid="Done", msgstr="完成"), polib.POEntry(msgid="Empty"), polib.POEntry(msgid="Guess", msgstr="猜", flags=["fuzzy"])]
    assert absent(source, chinese) == ["Absent", "Empty", "Guess"]


def test_a_plural_or_a_context_of_its_own_is_another_string() -> None:
    source = [polib.POEntry(msgid="page", msgid_plural="pages"), polib.POEntry(msgid="page", msgctxt="paper")]
    assert absent(source, [polib.POEntry(msgid="page", msgstr="页面")]) == ["page", "page"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_are_kept(domain: str) -> None:
    """A name that the program doesn't supply raises KeyError in the page; one left out hides a fact."""
    damaged = []
    for entry in catalogue(domain):
        allowed = [sorted(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        damaged += [text for text in texts(entry) if sorted(PLACEHOLDER.findall(text)) not in allowed]
    assert damaged == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_links_and_controls_inside_a_text_are_kept(domain: str) -> None:
    damaged = [text for entry in catalogue(domain) for text in texts(entry) if LINK.findall(entry.msgid) != LINK.findall(text)]
    assert damaged == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_up_to_date(domain: str) -> None:
    compiled = Path(OURS / f"{domain}.mo").read_bytes()
    assert compiled == catalogue(domain).to_binary(), "run `make messages`"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Can access Wagtail admin", "可以进入 Wagtail 管理后台"),
        ("Go to the first error", "转到第一处错误"),
        ("Locked by you", "已由您锁定"),
        ("is less than or equal to", "小于或等于"),
    ],
)
def test_the_interface_uses_them(english: str, chinese: str) -> None:
    with override("zh-hans"):
        assert gettext(english) == chinese


@pytest.mark.parametrize("number", [1, 2])
def test_one_and_many_read_the_same(number: int) -> None:
    with override("zh-hans"):
        text = ngettext("There is one matching page", "There are %(counter)s matching pages", number)
    assert text % {"counter": number} == f"有 {number} 个匹配的页面"


@pytest.mark.django_db
def test_the_editor_in_the_browser_gets_them(admin_client: Client) -> None:
    """The admin's scripts read their texts from this address."""
    text = admin_client.get(reverse("wagtailadmin_javascript_catalog"), headers={"accept-language": "zh-hans"}).content.decode("unicode_escape", "ignore")
    assert "修改已自动保存。" in text
