"""What a column shows: the items its filter lets through, its sub-columns, its place in the feeds.

Works on the fields of a column without knowing its class, which is what lets the page class call it.
"""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from disclosure.items.base import DisclosureItem, ItemQuerySet
from disclosure.items.listing import Listing, list_items, read_filters

# The entry of the main navigation that a column of each type belongs to.
NAV_OF_TYPE = {"办事服务": "services", "政策文件": "policies", "政策解读": "policies", "信息公开目录": "catalogue", "信息公开指南": "catalogue", "信息公开年报": "catalogue"}
HOME_DEPTH = 2  # the home page stands right below the root
# The nine elements of the disclosure guide in the order of Art. 12 (standards §1.2).
OPEN_GUIDE_TEXTS = ("classification", "arrangement", "ways_to_get")
OPEN_GUIDE_CONTACTS = ("office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_online")


def items_of(section: Page) -> ItemQuerySet:
    """The public items a column lists: of its kinds, categories, catalogue branch and department."""
    items: ItemQuerySet = DisclosureItem.objects.public()
    if section.kinds:
        items = items.filter(kind__in=section.kinds)
    if section.categories:
        items = items.filter(category__in=section.categories)
    if section.catalogue_item:
        items = items.filter(catalogue_item__in=type(section.catalogue_item).objects.within(section.catalogue_item.code))
    if section.department_id:
        items = items.filter(department=section.department_id)
    return items


def lists_items(section: Page) -> bool:
    """Whether the column has a filter; one without only gathers its sub-columns."""
    return bool(section.kinds or section.categories or section.catalogue_item_id or section.department_id)


def listing_of(section: Page, request: HttpRequest, day: dt.date) -> Listing:
    """The page of the column's list that the address asks for."""
    fixed = [name for name, done in (("department", section.department_id), ("kind", len(section.kinds) == 1)) if done]
    if len(section.categories) == 1:
        fixed.append("category")
    return list_items(items_of(section), read_filters(request.GET), day, fixed=fixed, kinds=section.kinds, categories=section.categories)


def around(page: Page) -> tuple[list[Page], list[Page]]:
    """The pages between the home page and `page`, and the public ones right below it, in tree order; one query.

    Whoever reads a page has passed every lock above it, so of those below only a lock of their own counts.
    """
    paths = [page.path[:end] for end in range(page.steplen * (HOME_DEPTH + 1), len(page.path), page.steplen)]
    below = Q(path__startswith=page.path, depth=page.depth + 1, live=True, view_restrictions=None)
    found = list(Page.objects.filter(Q(path__in=paths) | below).order_by("path"))
    return [each for each in found if each.depth < page.depth], [each for each in found if each.depth > page.depth]


def crumbs_of(above: list[Page], page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """The way from below the home page to `page`; the last one without an address."""
    return [*({"title": each.title, "url": each.get_url(request) or ""} for each in above), {"title": page.title, "url": ""}]


def column_meta(section: Page) -> dict[str, str]:
    """The Column* meta tags (standards §3.2)."""
    return {"name": section.title, "description": section.description, "keywords": section.keywords, "type": section.column_type}


def column_context(section: Page, request: HttpRequest, day: dt.date) -> dict[str, Any]:
    """Everything the template of a column shows, in at most nine queries."""
    above, below = around(section)
    return {
        "listing": listing_of(section, request, day) if lists_items(section) else None,
        "sub_pages": below,
        "crumbs": crumbs_of(above, section, request),
        "column": column_meta(section),
        "nav": NAV_OF_TYPE.get(section.column_type, ""),
        "feeds": [{"title": section.title, "url": reverse("column_feed", args=[section.pk])}] if lists_items(section) else [],
    }


def labelled(page: Page, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Label and value of fields of a page."""
    return [(page._meta.get_field(name).verbose_name, getattr(page, name)) for name in names]


def open_guide_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The elements of the disclosure guide: texts, facts about the office, day of the last review."""
    return {
        "texts": labelled(page, OPEN_GUIDE_TEXTS),
        "facts": labelled(page, OPEN_GUIDE_CONTACTS),
        "crumbs": crumbs_of(around(page)[0], page, request),
        "column": {"name": page.title, "description": page.search_description or page.introduction[:120] or page.title, "keywords": page.title, "type": "信息公开指南"},
        "nav": "catalogue",
    }
