"""What disclosure gives to the search: its items and its departments, as they are public."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Site

from disclosure.items.base import DisclosureItem
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


def body_of(item: DisclosureItem) -> str:
    """The text of an item's blocks."""
    return "\n".join(stream_text([block.get("value") for block in item.body.raw_data]))


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
        items = list(
            DisclosureItem.objects.public().filter(pk__in=list(keys)).select_related("department", "catalogue_item").prefetch_related("themes", "tagged_items__tag")
        )
        extra = guide_texts([item.pk for item in items if item.kind == Kind.GUIDE])
        extra |= issuers([item.pk for item in items if item.kind == Kind.POLICY])
        root = root_url_path()
        for item in items:
            yield item.pk, item_document(item, extra.get(item.pk, ""), root)


def item_document(item: DisclosureItem, extra: str, root: str) -> SearchDocument:
    """The document of one item."""
    code = item.catalogue_item.code if item.catalogue_item else ""
    parts = code.split(".") if code else []
    return SearchDocument(
        id=f"item:{item.pk}", kind=item.kind, title=item.title, url="/" + item.url_path.removeprefix(root), summary=item.summary,
        body="\n".join(filter(None, (body_of(item), extra))), department=item.department.slug,
        catalogue=tuple(".".join(parts[: depth + 1]) for depth in range(len(parts))), themes=tuple(theme.code for theme in item.themes.all()),
        tags=tuple(tagged.tag.name for tagged in item.tagged_items.all()), published=item.published_at, document_number=item.document_number,
        index_number=item.index_number or "", validity=item.validity if item.kind == Kind.POLICY else "", lapses_on=item.lapses_on,
        weight=WEIGHTS.get(Kind(item.kind), 1.0), source=item.import_source, source_id=item.import_id,
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
