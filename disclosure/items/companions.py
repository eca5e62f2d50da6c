"""What stands beside an item: its neighbours, its interpretations, its follow-ups and related items, all fetched by one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from disclosure.items.kinds import Kind

if TYPE_CHECKING:
    from disclosure.items.base import DisclosureItem, ItemQuerySet

RELATED = 5
FOLLOW_UPS = 40
"""The most follow-ups or interpretations that are shown on one page."""


@dataclass(frozen=True)
class Companions:
    """Items beside an item, each public and ready for a row of a list."""

    previous: "DisclosureItem | None" = None
    next: "DisclosureItem | None" = None
    explained: "DisclosureItem | None" = None
    original: "DisclosureItem | None" = None
    interpretations: "list[DisclosureItem]" = field(default_factory=list)
    follow_ups: "list[DisclosureItem]" = field(default_factory=list)
    related: "list[DisclosureItem]" = field(default_factory=list)
    by_id: "dict[int, DisclosureItem]" = field(default_factory=dict)


def companions_of(item: "DisclosureItem", items: "ItemQuerySet", further: Iterable[int] = ()) -> Companions:
    """What stands beside `item`; `items` are all items there are, `further` ids that are asked for besides (documents it acts on).

    An item that was never saved has no companions yet.
    """
    if item.pk is None:
        return Companions()
    public = items.public()
    wanted = _wanted(item, public, [*further, *_named(item)])
    rows = public.filter(pk__in=wanted).exclude(pk=item.pk).for_list()
    tags = public.model.tagged_items.rel.related_model.objects.filter(content_object=OuterRef("pk"), tag__in=_tags(public, item))
    rows = rows.annotate(explains=F("interpretationpage__document_id"), belongs_to=F("noticepage__original_id"), same_tag=Exists(tags))
    return _arrange(item, list(rows.newest_first()), set(further))


def _named(item: "DisclosureItem") -> list[int]:
    """Ids that the item itself names: the document it explains, the notice it belongs to."""
    return [pk for pk in (getattr(item, "document_id", None), getattr(item, "original_id", None)) if pk]


def _wanted(item: "DisclosureItem", public: "ItemQuerySet", named: list[int]) -> "QuerySet[DisclosureItem]":
    """The ids of all companions as one union, each part of which an index answers."""
    others = public.order_by().exclude(pk=item.pk)
    parts = [others.filter(pk__in=named)] if named else []
    if item.published_at:
        parts += _neighbours(item, others)
    if item.kind == Kind.POLICY:
        parts.append(_newest(others.filter(interpretationpage__document_id=item.pk), FOLLOW_UPS))
    if document_id := getattr(item, "document_id", None):
        parts.append(_newest(others.filter(interpretationpage__document_id=document_id), FOLLOW_UPS))
    if item.kind == Kind.NOTICE:
        parts.append(_newest(others.filter(noticepage__original_id=item.pk), FOLLOW_UPS))
        if original_id := getattr(item, "original_id", None):
            parts.append(_newest(others.filter(noticepage__original_id=original_id), FOLLOW_UPS))
    parts.append(_newest(others.filter(tagged_items__tag__in=_tags(public, item)), RELATED))
    if item.catalogue_item_id:
        parts.append(_newest(others.filter(catalogue_item=item.catalogue_item_id), RELATED))
    # Each part is wrapped once more: SQLite takes no limit inside a part of a union.
    ids = [public.model.objects.order_by().filter(pk__in=part.values("pk")).values("pk") for part in parts]
    return ids[0].union(*ids[1:]) if len(ids) > 1 else ids[0]


def _newest(rows: "ItemQuerySet", amount: int) -> "ItemQuerySet":
    return rows.newest_first()[:amount]


def _tags(items: "ItemQuerySet", item: "DisclosureItem") -> "QuerySet[Any]":
    """The ids of the item's tags."""
    return items.model.objects.order_by().filter(pk=item.pk, tagged_items__tag__isnull=False).values("tagged_items__tag")


def _neighbours(item: "DisclosureItem", others: "ItemQuerySet") -> "list[ItemQuerySet]":
    """The next older and the next newer item of the same kind and department; the id decides between equal dates."""
    same = others.filter(kind=item.kind, department=item.department_id)
    older = Q(published_at__lt=item.published_at) | Q(published_at=item.published_at, pk__lt=item.pk)
    newer = Q(published_at__gt=item.published_at) | Q(published_at=item.published_at, pk__gt=item.pk)
    return [
        same.filter(older, published_at__lte=item.published_at).order_by("-published_at", "-pk")[:1],
        same.filter(newer, published_at__gte=item.published_at).order_by("published_at", "pk")[:1],
    ]


def _arrange(item: "DisclosureItem", rows: "list[Any]", further: set[int]) -> Companions:
    """Give each row its part; `rows` come newest first, so the nearest neighbours stand on either side of the item's own date."""
    same = [row for row in rows if row.kind == item.kind and row.department_id == item.department_id] if item.published_at else []
    place = (item.published_at, item.pk)
    older = [row for row in same if (row.published_at, row.pk) < place]
    newer = [row for row in same if (row.published_at, row.pk) > place]
    by_id = {row.pk: row for row in rows}
    document_id, original_id = getattr(item, "document_id", None), getattr(item, "original_id", None)
    interpretations = [row for row in rows if row.explains and row.explains in (item.pk, document_id)]
    follow_ups = [row for row in rows if row.belongs_to and row.belongs_to in (item.pk, original_id)]
    shown = {row.pk for row in interpretations + follow_ups} | further | {document_id, original_id}
    related = [row for row in rows if row.pk not in shown and (row.same_tag or (row.catalogue_item_id and row.catalogue_item_id == item.catalogue_item_id))]
    return Companions(
        previous=older[0] if older else None,
        next=newer[-1] if newer else None,
        explained=by_id.get(document_id),
        original=by_id.get(original_id),
        interpretations=interpretations,
        follow_ups=follow_ups,
        related=sorted(related, key=lambda row: not row.same_tag)[:RELATED],
        by_id=by_id,
    )
