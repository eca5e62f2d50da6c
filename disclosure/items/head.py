"""The head of an item's page: the block of facts (索引号 table, standards §5.2), the way to it, and the meta tags (standards §3.2)."""

import datetime as dt
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.template.defaultfilters import date as format_day
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from disclosure.items.kinds import ArticleCategory, ColumnType, Kind, Mode, NoticeCategory, Origin

if TYPE_CHECKING:
    from disclosure.items.base import DisclosureItem
    from portal.departments.models import Department

Facts = list[tuple[str, Any]]

COLUMN_TYPES: dict[str, str] = {
    Kind.NOTICE: ColumnType.NOTICES,
    Kind.POLICY: ColumnType.POLICY,
    Kind.INTERPRETATION: ColumnType.INTERPRETATION,
    Kind.GUIDE: ColumnType.SERVICES,
    Kind.ARTICLE: ColumnType.OVERVIEW,
    NoticeCategory.NEWS: ColumnType.NEWS,
    NoticeCategory.WORK: ColumnType.NEWS,
    NoticeCategory.DATA: ColumnType.DATA,
    NoticeCategory.CONSULTATION: ColumnType.CONSULTATION,
    NoticeCategory.CONSULTATION_RESULT: ColumnType.CONSULTATION,
    ArticleCategory.ORGANISATION: ColumnType.ORGANISATION,
    ArticleCategory.LEADER: ColumnType.LEADERS,
    ArticleCategory.RULES: ColumnType.POLICY,
    ArticleCategory.ANNUAL_REPORT: ColumnType.ANNUAL_REPORT,
}
NAVIGATION: dict[str, str] = {Kind.POLICY: "policies", Kind.INTERPRETATION: "policies", Kind.GUIDE: "services"}


@dataclass(frozen=True)
class Words:
    """The words an item is filed under, as names: subject themes with the one above each, and tags."""

    themes: list[str]
    tags: list[str]


def in_form(item: "DisclosureItem", relation: str) -> bool:
    """Whether a relation of the item is held by an editor's form and not, or not only, by the database."""
    return relation in getattr(item, "_cluster_related_objects", {})


def words_of(item: "DisclosureItem") -> Words:
    """Themes and tags of an item: with one query when it is saved, from the form while an editor previews it."""
    if item.pk is None or in_form(item, "themes") or in_form(item, "tagged_items"):
        return Words([theme_name(theme.name, theme.parent.name if theme.parent else "") for theme in item.themes.all()], [tag.name for tag in item.tags.all()])
    themes = item.themes.model.objects.order_by().filter(items=item.pk).values_list(Value("theme"), "name", Coalesce("parent__name", Value("")), "pk")
    tagged = item._meta.get_field("tagged_items").related_model
    tags = tagged.objects.filter(content_object=item.pk).values_list(Value("tag"), "tag__name", Value(""), "pk")
    rows = sorted(themes.union(tags, all=True), key=itemgetter(3))
    return Words([theme_name(name, above) for sort, name, above, _pk in rows if sort == "theme"], [name for sort, name, _above, _pk in rows if sort == "tag"])


def theme_name(name: str, above: str) -> str:
    """A subject theme in two levels, as government portals join them."""
    return f"{above} \\ {name}" if above else name


def publisher(item: "DisclosureItem") -> str:
    """The name that the publishing body bore when it published."""
    return item.department_name or item.department.name


def answering_now(item: "DisclosureItem") -> "Department | None":
    """The body that answers today, when that isn't the name on the item any more; else None."""
    today = item.department.answering
    return today if today.name != publisher(item) else None


def cn_day(day: dt.date | dt.datetime | None) -> str:
    """A day as it is written in the interface; empty for None."""
    if day is None:
        return ""
    local = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    return format_day(local, "Y年n月j日")


def facts_of(item: "DisclosureItem", words: Words, day: dt.date) -> Facts:
    """The index block, only with what the item has; the order is that of the government's own portal."""
    is_document = item.kind == Kind.POLICY
    facts: Facts = [
        (_("Validity"), validity_sign(item, day) if has_validity(item) else ""),
        (_("Document number"), item.document_number),
        (_("Index number"), item.index_number),
        (_("Issuing body") if is_document else _("Publishing body"), _body(item)),
        (_("Catalogue item"), _leaf(item)),
        (_("Subject theme"), "；".join(words.themes)),
        (_("Date of signing") if is_document else _("Date of making"), cn_day(item.made_on)),
        (_("Date of publication"), cn_day(item.published_at)),
        (_("Updated"), cn_day(item.updated_at)),
        (_("In force from"), cn_day(item.effective_on)),
        (_("Lapses on"), cn_day(item.lapses_on)),
        (_("Mode of disclosure"), str(Mode(item.mode).label)),
        (_("Registration number"), getattr(item, "registration_number", "")),
        (_("Keywords"), "、".join(words.tags)),
    ]
    return [(label, value) for label, value in facts if value]


def has_validity(item: "DisclosureItem") -> bool:
    """Whether 有效性 says something about the item: documents always, others when it has dates or isn't in force."""
    return item.kind == Kind.POLICY or bool(item.effective_on or item.lapses_on) or item.validity != "in_force"


def validity_sign(item: "DisclosureItem", day: dt.date) -> str:
    """The validity on `day` as word and sign."""
    return render_to_string("components/validity.html", {"value": item.validity_on(day)})


def _body(item: "DisclosureItem") -> str:
    """The issuing body, linked to the page of the department where it has one."""
    name = getattr(item, "issuer", "") or publisher(item)
    address = department_address(item)
    return format_html('<a href="{}">{}</a>', address, name) if address else name


def department_address(item: "DisclosureItem") -> str:
    """The address of the publishing department's page; empty when it has none."""
    page = getattr(item.department, "page", None)
    return (page.url or "") if page else ""


def _leaf(item: "DisclosureItem") -> str:
    leaf = item.catalogue_item
    return format_html('<a href="{}">{}</a>', reverse("catalogue_item", args=[leaf.code]), leaf.name) if leaf else ""


def kind_list_address(item: "DisclosureItem") -> str:
    """The list of the items of this kind that the department has published."""
    return f"{reverse('item_list')}?{urlencode({'department': item.department.slug, 'kind': item.kind})}"


def crumbs_of(item: "DisclosureItem") -> list[dict[str, str]]:
    """The way to an item: department, column of its kind, the item itself."""
    department = {"title": str(item.department), "url": department_address(item)}
    return [department, {"title": str(Kind(item.kind).label), "url": kind_list_address(item)}, {"title": item.title, "url": ""}]


def column_of(item: "DisclosureItem") -> dict[str, str]:
    """The Column tags that the page of an item carries over from its column."""
    kind = str(Kind(item.kind).label)
    description = _("%(kind)s published by %(body)s") % {"kind": kind, "body": publisher(item)}
    column_type = COLUMN_TYPES.get(item.category) if item.kind in (Kind.NOTICE, Kind.ARTICLE) else None
    return {"name": kind, "description": description, "keywords": f"{kind},{item.category_label}", "type": str(column_type or COLUMN_TYPES[item.kind])}


def article_of(item: "DisclosureItem", words: Words, address: str, image: str = "") -> dict[str, Any]:
    """The Article tags of a page; the source of reposted information is the body it was taken from."""
    return {
        "title": item.title,
        "published": item.published_at,
        "source": item.source_name if item.origin == Origin.REPOSTED else publisher(item),
        "keywords": ",".join(words.tags),
        "author": item.author,
        "description": item.summary,
        "image": image,
        "url": address,
    }
