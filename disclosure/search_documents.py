"""What disclosure gives to the search: its items and its departments, as they are public."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Site

from disclosure.items.base import DisclosureItem, ItemTag
from disclosure.items.columns import DepartmentPage
from disclosure.items.guides import GuideMaterial, GuideQuestion, ServiceGuidePage
from disclosure.items.kinds import Kind, Validity
from disclosure.items.policies import PolicyDocumentPage
from portal.departments.models import Department
from search.documents import SearchDocument

TAG = re.compile(r"<[^>]*>")
BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|tr|div)>|<br\s*/?>")
# Service guides answer how-to questions and stand a little above news and reports.
WEIGHTS = {Kind.GUIDE: 1.15, Kind.POLICY: 1.05}
NOT_TEXT = {"type", "id", "level", "image", "document", "decorative"}
GUIDE_FIELDS = ("conditions", "audience_note", "result_name", "place", "fee", "parent_matter")
ITEM_FIELDS = (
    "pk", "kind", "title", "url_path", "summary", "raw_body", "department__slug", "catalogue_item__code", "published_at", "document_number", "index_number",
    "validity", "lapses_on", "import_source", "import_id",
)
CHUNK = 2000


def plain(html: str) -> str:
    """The words of a piece of rich text."""
    return unescape(TAG.sub("", BLOCK_END.sub("\n", html))).strip() if "<" in html or "&" in html else html


def stream_text(value: Any, name: str = "value") -> Iterator[str]:
    """Every text in the raw data of a StreamField, in reading order."""
    if isinstance(value, str):
        if name not in NOT_TEXT and value:
            yield plain(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from stream_text(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from stream_text(inner, name)


def body_text(raw: str) -> str:
    """The text of an item's blocks, from the JSON in its column."""
    return "\n".join(stream_text([block.get("value") for block in json.loads(raw or "[]")]))


def root_url_path() -> str:
    """The part of `url_path` that stands for the site's home page."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return str(site.root_page.url_path) if site else "/"


class ItemSource:
    """Items of disclosure."""

    name = "item"

    def keys(self) -> Iterator[int]:
        """Public items in ascending order."""
        yield from DisclosureItem.objects.public().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK)

    def documents(self, keys: Iterable[int]) -> Iterator[tuple[int, SearchDocument]]:
        """Documents of the public ones among `keys`; a handful of queries however many they are."""
        # Plain values: making page objects of them costs several times as much, and a whole site is read this way.
        public = DisclosureItem.objects.public().filter(pk__in=list(keys))
        rows = list(public.annotate(raw_body=Cast("body", TextField())).values(*ITEM_FIELDS))
        pks = [row["pk"] for row in rows]
        themes = grouped(DisclosureItem.themes.through.objects.filter(disclosureitem__in=pks).values_list("disclosureitem", "subjecttheme__code"))
        tags = grouped(ItemTag.objects.filter(content_object__in=pks).values_list("content_object", "tag__name"))
        extra = guide_texts([row["pk"] for row in rows if row["kind"] == Kind.GUIDE])
        extra |= issuers([row["pk"] for row in rows if row["kind"] == Kind.POLICY])
        root = root_url_path()
        for row in rows:
            yield row["pk"], item_document(row, extra.get(row["pk"], ""), root, themes.get(row["pk"], ()), tags.get(row["pk"], ()))


def grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """The second of each pair, collected by the first."""
    found: dict[int, tuple[str, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def item_document(row: dict[str, Any], extra: str, root: str, themes: tuple[str, ...], tags: tuple[str, ...]) -> SearchDocument:
    """The document of one item, from the values of its row."""
    code = row["catalogue_item__code"] or ""
    parts = code.split(".") if code else []
    return SearchDocument(
        id=f"item:{row['pk']}", kind=row["kind"], title=row["title"], url="/" + row["url_path"].removeprefix(root), summary=row["summary"],
        body="\n".join(filter(None, (body_text(row["raw_body"]), extra))), department=row["department__slug"],
        catalogue=tuple(".".join(parts[: depth + 1]) for depth in range(len(parts))), themes=themes, tags=tags, published=row["published_at"],
        document_number=row["document_number"], index_number=row["index_number"] or "", validity=row["validity"] if row["kind"] == Kind.POLICY else "",
        lapses_on=row["lapses_on"], weight=WEIGHTS.get(Kind(row["kind"]), 1.0), source=row["import_source"], source_id=row["import_id"],
    )


def guide_texts(keys: list[int]) -> dict[int, str]:
    """Words of service guides that stand in fields of their own, by key."""
    if not keys:
        return {}
    texts = {row["pk"]: [row[name] for name in GUIDE_FIELDS if row[name]] for row in ServiceGuidePage.objects.filter(pk__in=keys).values("pk", *GUIDE_FIELDS)}
    for guide, name in GuideMaterial.objects.filter(guide__in=keys).values_list("guide_id", "name"):
        texts[guide].append(name)
    for guide, question, answer in GuideQuestion.objects.filter(guide__in=keys).values_list("guide_id", "question", "answer"):
        texts[guide] += [question, answer]
    return {key: "\n".join(words) for key, words in texts.items()}


def issuers(keys: list[int]) -> dict[int, str]:
    """Issuing bodies of policy documents, by key."""
    return dict(PolicyDocumentPage.objects.filter(pk__in=keys).exclude(issuer="").values_list("pk", "issuer")) if keys else {}


class DepartmentSource:
    """Departments, by their pages."""

    name = "department"

    def keys(self) -> Iterator[int]:
        """Public department pages in ascending order."""
        yield from DepartmentPage.objects.live().public().order_by("pk").values_list("pk", flat=True)

    def documents(self, keys: Iterable[int]) -> Iterator[tuple[int, SearchDocument]]:
        """Documents of the public ones among `keys`: name, duties, address, phone, former names."""
        root = root_url_path()
        pages = DepartmentPage.objects.live().public().filter(pk__in=list(keys)).select_related("department").prefetch_related("department__former_names")
        for page in pages:
            body = page.department
            former = [name.name for name in body.former_names.all()]
            yield page.pk, SearchDocument(
                id=f"department:{page.pk}", kind="department", title=body.name, url="/" + page.url_path.removeprefix(root), summary=body.duties,
                body="\n".join(filter(None, (body.short_name, body.address, body.phone, body.hours, *former))), department=body.slug, weight=1.1,
            )


def kind_labels() -> dict[str, str]:
    """Kinds of things in words."""
    return {value: str(label) for value, label in Kind.choices} | {"department": _("departments")}


def department_labels() -> dict[str, str]:
    """Departments by the part of their address."""
    return dict(Department.objects.values_list("slug", "short_name"))


def validity_labels() -> dict[str, str]:
    """Validities in words."""
    return {value: str(label) for value, label in Validity.choices}
