"""The plan of the demo county: every text with its day, its numbers and its filled-in words, before anything is stored."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.calendar.work_calendar import WorkCalendar
from portal.demo.source import Entry, read_entries
from portal.demo.timetable import Writer, working_day_before
from portal.departments.models import Department

FILES = ("policies", "interpretations", "guides", "articles", "notices")
SIGNED_BEFORE = 3
CONTACT_WORDS = {"phone": "phone", "fax": "fax", "address": "address", "complaint": "supervision_phone", "hours": "hours", "name": "name", "dept": "short_name"}


@dataclass
class Text:
    """One text of the plan: where it comes from, its anchors (D published, S signed, E in force, L lapses) and its document number."""

    file: str
    entry: Entry
    anchors: dict[str, dt.date] = field(default_factory=dict)
    number: str = ""

    @property
    def key(self) -> str:
        """The stable key of the text."""
        return self.entry.key

    @property
    def day(self) -> dt.date:
        """The day of its publication."""
        return self.anchors["D"]


class Plan:
    """All texts by key; `write` fills the places of one of them."""

    def __init__(self, today: dt.date, calendar: WorkCalendar, entries: Iterable[tuple[str, Entry]] | None = None) -> None:
        self.today = today
        self.calendar = calendar
        self.departments = {body.slug: body for body in Department.objects.all()}
        self.texts: dict[str, Text] = {}
        for file, entry in entries if entries is not None else everything():
            if entry.key in self.texts:
                raise ValueError(f"two texts are called {entry.key}")
            self.texts[entry.key] = Text(file, entry, self._anchors(entry))
        self._number()

    def oldest_first(self) -> list[Text]:
        """The texts in the order of their publication."""
        return sorted(self.texts.values(), key=lambda text: (text.day, text.key))

    def department(self, text: Text) -> Department:
        """The body that publishes a text."""
        return self.departments[text.entry.get("dept")]

    def write(self, text: Text, words: str) -> str:
        """`words` of a text with its places filled; raises KeyError, naming the text, at an unknown place."""
        try:
            return Writer(text.anchors, self.calendar, lambda spec: self._words(text, spec)).fill(words)
        except KeyError as error:
            raise KeyError(f"{text.key}: unknown place {error}") from error

    def spec_day(self, text: Text, spec: str) -> dt.date:
        """A date such as `D+7` of a text."""
        return Writer(text.anchors, self.calendar, str).day(spec)

    def title(self, key: str) -> str:
        """The filled-in title of a text."""
        text = self.texts[key]
        return self.write(text, text.entry.get("title"))

    def _anchors(self, entry: Entry) -> dict[str, dt.date]:
        day = working_day_before(self.today - dt.timedelta(days=int(entry.get("day", "30"))), self.calendar)
        anchors = {"D": day, "T": self.today}
        if entry.get("number"):
            anchors["S"] = working_day_before(day - dt.timedelta(days=int(entry.get("signed", str(SIGNED_BEFORE)))), self.calendar)
            anchors["E"] = day + dt.timedelta(days=int(entry.get("effective", "0")))
            if years := entry.get("years"):
                anchors["L"] = years_after(anchors["E"], int(years))
        return anchors

    def _number(self) -> None:
        """Give document numbers: per code of the body and year growing with the day of signing, at the pace of `volume` a year."""
        by_code: dict[tuple[str, int], list[Text]] = defaultdict(list)
        for text in self.texts.values():
            if text.entry.get("number"):
                by_code[text.entry.get("number").split()[0], text.anchors["S"].year].append(text)
        for (code, year), texts in by_code.items():
            last = 0
            for text in sorted(texts, key=lambda one: (one.anchors["S"], one.key)):
                volume = int(text.entry.get("number").split()[1])
                last = max(last + 1, round(text.anchors["S"].timetuple().tm_yday * volume / 366))
                text.number = f"{code}〔{year}〕{last}号"

    def _words(self, text: Text, spec: str) -> str:
        name, _colon, key = spec.partition(":")
        if name in CONTACT_WORDS:
            body = self.departments[key] if key else self.department(text)
            return str(getattr(body, CONTACT_WORDS[name]))
        key, _bar, words = key.partition("|")
        if name == "no":
            return self.texts[key or text.key].number
        if name == "title":
            return self.title(key)
        if name == "ref":
            return f"《{self.title(key)}》（{self.texts[key].number}）"
        if name == "link":
            return f"[{words or f'《{self.title(key)}》'}]({key})"
        raise KeyError(spec)


def everything() -> list[tuple[str, Entry]]:
    """All texts of the content files, with the name of their file."""
    return [(file, entry) for file in FILES for entry in read_entries(file)]


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day `years` later; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
