"""Batches of items written as pages at once: what `add_child` and `save` do one by one, in few statements for many.

One batch is one transaction. For Wagtail the pages are like any others: tree, addresses, log, index of references and
the admin's own search know them. They have no revision; the first edit makes one, and thereby tells that people changed them.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from taggit.models import Tag
from wagtail.models import Locale, Page, PageLogEntry

from disclosure.importing.admin_indexes import note_in_admin_indexes
from disclosure.importing.bulk_rows import insert_and_find, insert_rows, replace_rows
from disclosure.importing.numbering import give_index_numbers
from disclosure.importing.rows import Frame, ItemRow
from disclosure.importing.targets import MODELS
from disclosure.items.base import DisclosureItem, ItemTag, slug_of
from disclosure.items.columns import DepartmentPage
from disclosure.items.departments import establish
from disclosure.items.guides import GuideMaterial
from disclosure.items.kinds import Kind, Mode
from disclosure.items.signals import items_changed
from portal.departments.models import Department

DECIDE_CATEGORY = ("notice_kind", "matter_type", "article_kind", "is_normative")
KEPT_AT_UPDATE = ("index_number", "published_at", "department_id", "department_name", "drafting_department_id", "mode", "import_source", "import_id")


@dataclass
class Order:
    """One row to write: a new item, or an existing one (`page_id`) to bring up to date."""

    row: ItemRow
    import_id: str
    digest: str
    page_id: int = 0
    url_path: str = ""


@transaction.atomic
def write_batch(frame: Frame, orders: Sequence[Order]) -> None:
    """Write all orders or, when one fails, none; sets `page_id` and `url_path` of each. Raises IntegrityError or DataError."""
    new = [order for order in orders if not order.page_id]
    changed = [order for order in orders if order.page_id]
    by_department: dict[Department, list[Order]] = defaultdict(list)
    for order in new:
        by_department[order.row.department].append(order)
    for department, group in by_department.items():
        _create(frame, department, group)
    if changed:
        _update(frame, changed)
    _write_related(frame, new, changed)
    note_in_admin_indexes(frame.model, [order.page_id for order in new], [order.page_id for order in changed])
    _log(frame, new, "wagtail.create")
    _log(frame, changed, "wagtail.edit")
    after_batch([order.page_id for order in orders])


def after_batch(ids: list[int]) -> None:
    """Tell those who listen (the search index) what changed, inside the transaction of the change."""
    items_changed.send(sender=DisclosureItem, ids=ids)


def _create(frame: Frame, department: Department, orders: list[Order]) -> None:
    """Insert new items below the department's page: three tables, each in few statements."""
    give_index_numbers(department, [order.row for order in orders])
    parent = _locked_parent(department)
    pages = _page_rows(frame, parent, orders)
    keys = insert_and_find(Page, pages, by="path")
    for order, key, page in zip(orders, keys, pages, strict=True):
        order.page_id, order.url_path = key, page["url_path"]
    insert_rows(DisclosureItem, [_item_row(frame, order) for order in orders])
    insert_rows(frame.model, [_own_row(order) for order in orders])
    Page._base_manager.filter(pk=parent.pk).update(numchild=F("numchild") + len(orders))


def _locked_parent(department: Department) -> Page:
    """The department's page, locked until the transaction ends, so that nobody else takes the next places below it."""
    page = DepartmentPage.objects.filter(department=department).first() or establish(department)
    return Page._base_manager.select_for_update().get(pk=page.pk)


def _page_rows(frame: Frame, parent: Page, orders: list[Order]) -> list[dict[str, Any]]:
    """Rows of Wagtail's page table: paths in sequence behind the last child, free slugs, addresses below the parent's."""
    last = Page._base_manager.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("-path").values_list("path", flat=True).first()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    slugs = _free_slugs(parent, [slug_of(order.row.index_number) or uuid.uuid4().hex[:12] for order in orders])
    common = {
        "depth": parent.depth + 1, "numchild": 0, "live": True, "has_unpublished_changes": False, "locale_id": parent.locale_id or Locale.get_default().pk,
        "content_type_id": ContentType.objects.get_for_model(frame.model).pk, "latest_revision_created_at": frame.now,
    }
    return [
        {
            **common, "path": Page._get_path(parent.path, parent.depth + 1, step + number), "translation_key": uuid.uuid4(), "title": order.row.title,
            "draft_title": order.row.title, "slug": slug, "url_path": f"{parent.url_path}{slug}/", "first_published_at": order.row.item["published_at"],
            "last_published_at": order.row.item["published_at"],
        }
        for number, (order, slug) in enumerate(zip(orders, slugs, strict=True), 1)
    ]


def _free_slugs(parent: Page, wanted: list[str]) -> list[str]:
    """The wanted address parts, with a running number where one is taken below the parent or earlier in the list."""
    siblings = Page._base_manager.filter(path__startswith=parent.path, depth=parent.depth + 1)
    taken = set(siblings.filter(slug__in=wanted).values_list("slug", flat=True))
    found = []
    for slug in wanted:
        candidate, number = slug, 1
        while candidate in taken or (number > 1 and siblings.filter(slug=candidate).exists()):
            number += 1
            candidate = f"{slug}-{number}"
        taken.add(candidate)
        found.append(candidate)
    return found


def _item_row(frame: Frame, order: Order) -> dict[str, Any]:
    """The row of the table that all items share."""
    row = order.row
    return {
        "mode": Mode.PROACTIVE, **row.item, "page_ptr_id": order.page_id, "kind": frame.kind, "category": category_of(frame, row), "index_number": row.index_number,
        "department_id": row.department.pk, "department_name": row.department.name, "import_source": frame.source, "import_id": order.import_id,
        "import_digest": order.digest, "body": row.body,
    }


def category_of(frame: Frame, row: ItemRow) -> str:
    """The category as the page type itself tells it from its own fields."""
    return _category(frame.kind, tuple((name, row.own[name]) for name in DECIDE_CATEGORY if name in row.own))


@cache
def _category(kind: str, values: tuple[tuple[str, str], ...]) -> str:
    return MODELS[kind](**dict(values)).kind_and_category()[1]


def _own_row(order: Order) -> dict[str, Any]:
    return {**order.row.own, "disclosureitem_ptr_id": order.page_id}


def _update(frame: Frame, orders: list[Order]) -> None:
    """Write changed items over the present ones; place, address, number and date of first publication stay."""
    ids = [order.page_id for order in orders]
    pages = {page["id"]: page for page in Page._base_manager.filter(pk__in=ids).values(*[column.attname for column in Page._meta.local_concrete_fields])}
    kept = {item["pk"]: item for item in DisclosureItem._base_manager.filter(pk__in=ids).values("pk", *KEPT_AT_UPDATE)}
    page_rows, item_rows = [], []
    for order in orders:
        page = pages[order.page_id]
        order.url_path = page["url_path"]
        title = order.row.title
        page_rows.append({**page, "title": title, "draft_title": title, "last_published_at": _later(page["last_published_at"], frame.now), "latest_revision_created_at": frame.now})
        item_rows.append({**_item_row(frame, order), **{name: kept[order.page_id][name] for name in KEPT_AT_UPDATE}})
    replace_rows(Page, page_rows)
    replace_rows(DisclosureItem, item_rows)
    replace_rows(frame.model, [_own_row(order) for order in orders])


def _later(one: dt.datetime | None, other: dt.datetime) -> dt.datetime:
    return max(one, other) if one else other


def _write_related(frame: Frame, new: Sequence[Order], changed: Sequence[Order]) -> None:
    """Themes, tags and materials; those of changed items are written anew."""
    themes = DisclosureItem.themes.through
    ids = [order.page_id for order in changed]
    if ids:
        themes._base_manager.filter(disclosureitem_id__in=ids).delete()
        ItemTag._base_manager.filter(content_object_id__in=ids).delete()
    orders = [*new, *changed]
    themes._base_manager.bulk_create([themes(disclosureitem_id=order.page_id, subjecttheme_id=theme) for order in orders for theme in order.row.themes])
    tags = _tags(name for order in orders for name in order.row.tags)
    pairs = dict.fromkeys((order.page_id, tags[name.lower()]) for order in orders for name in order.row.tags)
    ItemTag._base_manager.bulk_create([ItemTag(content_object_id=page_id, tag_id=tag_id) for page_id, tag_id in pairs])
    if frame.kind == Kind.GUIDE:
        GuideMaterial._base_manager.filter(guide_id__in=ids).delete()
        GuideMaterial._base_manager.bulk_create(
            [GuideMaterial(guide_id=order.page_id, name=name, sort_order=place) for order in orders for place, name in enumerate(order.row.materials)]
        )


def _tags(names: Iterable[str]) -> dict[str, int]:
    """Keys of tags by their names in small letters; tags that don't exist yet are made."""
    wanted = {name.lower(): name for name in names}
    found = {name.lower(): key for key, name in Tag.objects.filter(name__in=wanted.values()).values_list("pk", "name")}
    for small, name in wanted.items():
        if small not in found:
            tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)
            found[small] = tag.pk
    return found


def _log(frame: Frame, orders: Sequence[Order], action: str) -> None:
    """One entry for each page in Wagtail's log, as when somebody works in the admin; no user, since a command did it."""
    content_type = ContentType.objects.get_for_model(frame.model)
    insert_rows(
        PageLogEntry,
        [
            {
                "page_id": order.page_id, "content_type_id": content_type.pk, "label": order.row.title, "action": action, "timestamp": frame.now, "uuid": uuid.uuid4(),
                "content_changed": True, "data": {"import_source": frame.source, "import_id": order.import_id},
            }
            for order in orders
        ],
    )
