"""Atom feeds: the newest public items of the site, of a column, a department or a kind."""

import datetime as dt
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from disclosure.items.addresses import absolute, full_url, public_page
from disclosure.items.base import DisclosureItem, ItemQuerySet
from disclosure.items.column_view import items_of
from disclosure.items.columns import SectionPage
from disclosure.items.kinds import Kind
from disclosure.items.paging import latest
from portal.departments.models import Department
from portal.site.models import PortalSettings

ENTRIES = 50


def clean(text: str) -> str:
    """The text without control characters, which no XML may hold; imported titles sometimes do."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def site_name() -> str:
    """The name the county gave its site."""
    settings = PortalSettings.objects.select_related("site").first()
    return settings.site_name or settings.site.site_name if settings else str(Site.objects.filter(is_default_site=True).first() or "")


class ItemFeed(Feed):  # type: ignore[type-arg]  # generic only for the checker
    """What all feeds share; each names its address, its title and its items."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What the feed is about; raises Http404 when it isn't public."""
        return None

    def public_items(self, obj: Any) -> ItemQuerySet:
        """The public items of the feed, in any order."""
        return DisclosureItem.objects.public()

    def title(self, obj: Any) -> str:
        """Name of the site and of what the feed holds."""
        name = self.part_name(obj)
        return clean(_("%(part)s – %(site)s") % {"part": name, "site": site_name()} if name else site_name())

    def part_name(self, obj: Any) -> str:
        """The name of the part of the site; empty for the whole."""
        return ""

    def subtitle(self, obj: Any) -> str:
        """Say in one line what comes."""
        return _("What has been published most recently")

    def link(self, obj: Any) -> str:
        """The page that shows the same."""
        return absolute(reverse("item_list"))

    def feed_url(self, obj: Any) -> str:
        """The address of the feed itself."""
        return absolute(reverse("site_feed"))

    def items(self, obj: Any) -> list[DisclosureItem]:
        """The newest, in two queries."""
        return latest(self.public_items(obj), ENTRIES)

    def item_title(self, item: Any) -> str:
        """The title; Django escapes it."""
        return clean(item.title)

    def item_description(self, item: Any) -> str:
        """The summary, or what readers need to choose: kind and department."""
        other = _("%(kind)s of %(department)s") % {"kind": item.category_label, "department": item.department_name or item.department}
        return clean(item.summary or item.search_description or other)

    def item_link(self, item: Any) -> str:
        """The full address of the item."""
        return full_url(item)

    def item_guid(self, item: Any) -> str:
        """An id that stays when the address of the page changes (RFC 4151)."""
        return f"tag:{urlsplit(absolute('')).hostname},2026:page:{item.pk}"

    def item_author_name(self, item: Any) -> str:
        """The department, by the name it bore when it published."""
        return clean(item.department_name or item.department.name)

    def item_pubdate(self, item: Any) -> dt.datetime | None:
        """First publication."""
        return item.published_at

    def item_updateddate(self, item: Any) -> dt.datetime | None:
        """Last change that was published."""
        return item.last_published_at or item.published_at

    def item_categories(self, item: Any) -> list[str]:
        """Its category in words."""
        return [clean(item.category_label)] if item.category_label else []


class ColumnFeed(ItemFeed):
    """The items of one column."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SectionPage:
        """The column; raises Http404 unless everybody may see it."""
        page = public_page(kwargs["column_id"])
        if page is None:
            raise Http404
        return get_object_or_404(SectionPage, pk=page.pk)

    def public_items(self, obj: SectionPage) -> ItemQuerySet:
        """What the column lists."""
        return items_of(obj)

    def part_name(self, obj: SectionPage) -> str:
        """The column's title."""
        return str(obj.title)

    def subtitle(self, obj: SectionPage) -> str:
        """What the column is for."""
        return clean(obj.description)

    def link(self, obj: SectionPage) -> str:
        """The column."""
        return full_url(obj)

    def feed_url(self, obj: SectionPage) -> str:
        """The address of the column's feed."""
        return absolute(reverse("column_feed", args=[obj.pk]))


class DepartmentFeed(ItemFeed):
    """The items of one department."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Department:
        """The department; closed ones keep their feed."""
        return get_object_or_404(Department, slug=kwargs["slug"])

    def public_items(self, obj: Department) -> ItemQuerySet:
        """What it published."""
        return DisclosureItem.objects.public().filter(department=obj)

    def part_name(self, obj: Department) -> str:
        """The department's name."""
        return obj.name

    def link(self, obj: Department) -> str:
        """All items of the department."""
        return absolute(f"{reverse('item_list')}?department={obj.slug}")

    def feed_url(self, obj: Department) -> str:
        """The address of the department's feed."""
        return absolute(reverse("department_feed", args=[obj.slug]))


class KindFeed(ItemFeed):
    """The items of one kind."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Kind:
        """The kind; raises Http404 for one there isn't."""
        if kwargs["kind"] not in Kind.values:
            raise Http404
        return Kind(kwargs["kind"])

    def public_items(self, obj: Kind) -> ItemQuerySet:
        """All of the kind."""
        return DisclosureItem.objects.public().filter(kind=obj.value)

    def part_name(self, obj: Kind) -> str:
        """The kind in words."""
        return str(obj.label)

    def link(self, obj: Kind) -> str:
        """All items of the kind."""
        return absolute(f"{reverse('item_list')}?kind={obj.value}")

    def feed_url(self, obj: Kind) -> str:
        """The address of the kind's feed."""
        return absolute(reverse("kind_feed", args=[obj.value]))
