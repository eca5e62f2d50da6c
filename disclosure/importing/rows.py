"""A mapped record made ready for the database: checked, fitted into its columns, its text turned into blocks."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from disclosure.catalogue.models import CatalogueItem
from disclosure.importing.body import Block, BodyBuilder, inline
from disclosure.importing.chrome import visible
from disclosure.importing.html_text import add_element, looks_like_html, parse
from disclosure.importing.mapping import Unreadable
from disclosure.importing.plain_text import add_text
from disclosure.importing.summaries import first_sentence, genre_of, guide_summary, notice_kind_of
from disclosure.importing.targets import MODELS
from disclosure.items.base import DisclosureItem
from disclosure.items.document_number import NUMBER, ORDER, suggestion
from disclosure.items.guide_checks import guide_errors
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.kinds import Kind, Origin
from disclosure.items.notice_rules import problems_of
from disclosure.items.notices import NoticePage
from portal.departments.models import Department

TITLE_LIMIT = 255
MATERIAL_LIMIT = 300
TAG_LIMIT = 100
CUT_AT = "；;，,、。 "


class RefusedError(ValueError):
    """A record that can't become an item; the message is the reason."""


@dataclass(frozen=True)
class Frame:
    """What is the same for all records of one import, looked up once."""

    kind: str
    source: str
    department: Department | None
    departments: Mapping[str, Department]
    catalogue_item: CatalogueItem | None
    catalogue: Mapping[str, CatalogueItem]
    themes: Mapping[str, int]
    now: dt.datetime

    @property
    def model(self) -> type[DisclosureItem]:
        """The page type of the items."""
        return MODELS[self.kind]

    @property
    def today(self) -> dt.date:
        """The day of the import in the county."""
        return timezone.localtime(self.now).date()


@dataclass
class ItemRow:
    """One item as it will stand in the tables; `warnings` say what an editor should look at."""

    department: Department
    title: str
    item: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    materials: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    index_number: str = ""
    warnings: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def year(self) -> int:
        """The year of the index number: that of making, where it isn't known that of publication."""
        made_on: dt.date | None = self.item.get("made_on")
        return made_on.year if made_on else timezone.localtime(self.item["published_at"]).year


def make_row(frame: Frame, values: Mapping[str, Any], problems: Mapping[str, Unreadable]) -> ItemRow:
    """The row for a mapped record; raises RefusedError when it can't become an item."""
    title = visible(values.get("title", "")).replace("\n", " ").strip(" \u3000")
    if not title:
        raise RefusedError(_("There is no title."))
    row = ItemRow(_department(frame, values), title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…")
    if len(title) > TITLE_LIMIT:
        row.warnings.append(_("The title has more than %(limit)d characters; it was cut and stands in full at the beginning of the text.") % {"limit": TITLE_LIMIT})
    _keep_unreadable(frame, row, problems)
    _columns(frame, row, values)
    _dates(frame, row, values)
    _document_number(frame, row)
    _catalogue(frame, row, values)
    _lists(frame, row, values)
    if frame.kind == Kind.GUIDE:
        _guide(row, values)
    row.index_number = row.item.pop("index_number", "") or ""
    row.body = _body(row, values, title)
    _derived(frame, row, values)
    row.warnings += _inconsistencies(frame, row)
    return row


def _department(frame: Frame, values: Mapping[str, Any]) -> Department:
    name = values.get("department")
    if name and name in frame.departments:
        return frame.departments[name]
    if name:
        raise RefusedError(_("There is no department “%(name)s”.") % {"name": name})
    if frame.department is None:
        raise RefusedError(_("No department is given."))
    return frame.department


def _keep_unreadable(frame: Frame, row: ItemRow, problems: Mapping[str, Unreadable]) -> None:
    """What couldn't be read is kept in the text under the field's name, with a warning."""
    for target, problem in problems.items():
        row.warnings.append(problem.message)
        row.kept.append((label_of(frame.model, target), problem.text))


def _columns(frame: Frame, row: ItemRow, values: Mapping[str, Any]) -> None:
    """Fill the columns of the shared table and of the kind's own table with what fits into them."""
    for owner, target in ((DisclosureItem, row.item), (frame.model, row.own)):
        columns = columns_of(owner)
        for name in values.keys() & columns.keys():
            _fit(frame, row, target, columns[name], values[name])


@cache
def columns_of(model: type[DisclosureItem]) -> dict[str, Any]:
    """The columns of a model's own table that a value can be put into as it is, by name."""
    return {column.name: column for column in model._meta.local_concrete_fields if column.name not in ("department", "body", "history", "life_events")}


def _fit(frame: Frame, row: ItemRow, target: dict[str, Any], column: Any, value: Any) -> None:
    """Put a value into its column; what doesn't fit is kept in the text, with a warning."""
    if isinstance(value, str):
        value = visible(value)
    remark = _remark(column, value)
    if remark:
        label = label_of(frame.model, column.name)
        row.warnings.append(remark % {"field": label, "value": str(value)[:60], "limit": column.max_length})
        row.kept.append((label, str(value)))
        if not isinstance(column, models.CharField) or column.choices or isinstance(column, models.URLField):
            return
        value = _cut(value, column.max_length or len(value))
    target[column.attname] = value


def _remark(column: Any, value: Any) -> str:
    """Why a value doesn't fit into its column as it is; empty when it does."""
    if column.choices:
        return "" if value in dict(column.flatchoices) else _("%(field)s: “%(value)s” isn't in the list; it is kept in the text.")
    if isinstance(column, models.URLField):
        return "" if _is_web_address(value, column.max_length) else _("%(field)s: “%(value)s” is no address on the web; it is kept in the text.")
    if isinstance(column, models.CharField) and column.max_length and len(value) > column.max_length:
        return _("%(field)s: more than %(limit)d characters; it was cut and stands in full in the text.")
    return ""


def _is_web_address(value: str, limit: int | None) -> bool:
    return value.startswith(("http://", "https://")) and len(value) <= (limit or 200) and not any(char.isspace() or char in "\"'<>" for char in value)


def _cut(value: str, limit: int) -> str:
    """At most `limit` characters, cut behind the last separator in the second half where there is one."""
    head = value[: limit - 1]
    place = max(head.rfind(char) for char in CUT_AT)
    return f"{head[:place] if place > limit // 2 else head}…"


def label_of(model: type[DisclosureItem], target: str) -> str:
    """The name of a field as editors see it."""
    name = {"legal_limit": "legal_time", "promised_limit": "promised_time"}.get(target, target)
    columns = {column.name: column for column in model._meta.get_fields() if isinstance(column, models.Field)}
    return str(columns[name].verbose_name) if name in columns else name


def _dates(frame: Frame, row: ItemRow, values: Mapping[str, Any]) -> None:
    """Days of the future are refused, missing ones are left open with a warning; published at the source stays published then."""
    if signed_on := row.own.get("signed_on"):
        row.item["made_on"] = signed_on
    made_on, published = row.item.get("made_on"), values.get("published_at")
    if made_on and made_on > frame.today:
        raise RefusedError(_("The date of making %(day)s lies in the future.") % {"day": made_on})
    if published and published > frame.now:
        raise RefusedError(_("The date of publication %(day)s lies in the future.") % {"day": timezone.localtime(published).date()})
    if not made_on:
        row.warnings.append(_("The source gives no date of making."))
    row.item["published_at"] = published or frame.now
    effective, lapses = row.item.get("effective_on"), row.item.get("lapses_on")
    if effective and lapses and lapses <= effective:
        row.warnings.append(_("It would lapse before it comes into force."))


def _document_number(frame: Frame, row: ItemRow) -> None:
    """A proper number is taken, one that is only written otherwise is put right, anything else is kept in the text."""
    number = row.item.get("document_number", "")
    if not number or NUMBER.match(number) or ORDER.match(number):
        return
    proper = suggestion(number)
    row.item["document_number"] = proper
    if proper:
        row.warnings.append(_("The document number “%(number)s” was written as %(proper)s.") % {"number": number, "proper": proper})
    else:
        row.warnings.append(_("“%(number)s” is no document number; it is kept in the text.") % {"number": number})
        row.kept.append((label_of(frame.model, "document_number"), number))


def _catalogue(frame: Frame, row: ItemRow, values: Mapping[str, Any]) -> None:
    code = values.get("catalogue")
    if code and code not in frame.catalogue:
        raise RefusedError(_("There is no catalogue item with the code “%(code)s”.") % {"code": code})
    leaf = frame.catalogue[code] if code else frame.catalogue_item
    row.item["catalogue_item_id"] = leaf.pk if leaf else None
    if leaf and leaf.needs_basis and not row.item.get("legal_basis", "").strip():
        row.warnings.append(_("Items at “%(leaf)s” name their legal basis.") % {"leaf": leaf})


def _lists(frame: Frame, row: ItemRow, values: Mapping[str, Any]) -> None:
    """Themes that the site knows become themes, others become tags."""
    names = [name for theme in values.get("themes", []) for name in theme.replace("\\", "/").split("/") if name.strip()]
    row.themes = list(dict.fromkeys(frame.themes[name.strip()] for name in names if name.strip() in frame.themes))
    unknown = [name.strip() for name in names if name.strip() not in frame.themes]
    row.tags = list(dict.fromkeys(tag[:TAG_LIMIT] for tag in [*values.get("tags", []), *unknown]))


def _guide(row: ItemRow, values: Mapping[str, Any]) -> None:
    """Time limits with their units, handling, materials and life events of a service guide."""
    for name in ("legal", "promised"):
        if limit := values.get(f"{name}_limit"):
            row.own[f"{name}_time"], row.own[f"{name}_unit"] = limit
    if row.own.get("promised_time") == 0:
        row.own["handling"] = ServiceGuidePage.Handling.ON_THE_SPOT
    row.own["life_events"] = values.get("life_events", [])
    for material in values.get("materials", []):
        if len(material) > MATERIAL_LIMIT:
            row.warnings.append(_("A material has more than %(limit)d characters; it was cut and stands in full in the text.") % {"limit": MATERIAL_LIMIT})
            row.kept.append((str(_("material")), material))
        row.materials.append(material if len(material) <= MATERIAL_LIMIT else _cut(material, MATERIAL_LIMIT))


def _body(row: ItemRow, values: Mapping[str, Any], title: str) -> list[Block]:
    """The text as blocks, below it what has no field of its own, each under its name."""
    builder = BodyBuilder()
    if title != row.title:
        builder.paragraph(inline(title))
    text = values.get("body", "")
    if looks_like_html(text):
        root = parse(text)
        if pictures := len(root.find_all("img")):
            row.warnings.append(_("%(number)d pictures in the text were not taken over.") % {"number": pictures})
        add_element(builder, root, title)
    else:
        add_text(builder, text, title)
    builder.end_article()
    for label, value in dict.fromkeys([*values.get("extra", []), *row.kept]):
        builder.paragraph(f"<b>{inline(label)}：</b>{inline(visible(value))}")
    return builder.blocks()


def _derived(frame: Frame, row: ItemRow, values: Mapping[str, Any]) -> None:
    """What follows from other values: origin, kind of notice or document, a summary where the source has none."""
    source = row.item.get("source_name", "")
    own = {"", row.department.name, row.department.short_name}
    row.item["origin"] = Origin.OWN if source in own else Origin.REPOSTED
    if frame.kind == Kind.NOTICE:
        row.own.setdefault("notice_kind", notice_kind_of(row.title))
    if frame.kind == Kind.POLICY:
        row.own.setdefault("genre", genre_of(row.title))
        row.own["history"] = values.get("history", [])
    if not row.item.get("summary", "").strip():
        row.item["summary"] = guide_summary(row.own, source) if frame.kind == Kind.GUIDE else first_sentence(row.body, row.title)
    if not row.body and frame.kind != Kind.GUIDE:
        row.warnings.append(_("There is no text."))


def _inconsistencies(frame: Frame, row: ItemRow) -> list[str]:
    """What the checks of the editor would say: an item is taken over as it was published, with a warning."""
    found: dict[str, Any] = {}
    if frame.kind == Kind.GUIDE:
        found = guide_errors(ServiceGuidePage(title=row.title, **row.own))
    elif frame.kind == Kind.NOTICE and row.own["notice_kind"] != "notice":
        dates = {name: row.item[name] for name in ("made_on", "published_at") if name in row.item}
        found = problems_of(NoticePage(title=row.title, **dates, **row.own))
    return [str(format_lazy("{}: {}", label_of(frame.model, name), message)) for name, message in found.items()]
