"""Site map for search engines: an index and parts of at most 10,000 public pages, each with its last change."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from disclosure.items.addresses import absolute, full_url, public_pages

# The protocol allows 50,000 addresses a file; smaller files are made faster and read in one go.
PER_FILE = 10_000
STANDING = ("catalogue", "standard_table", "item_list")


@dataclass(frozen=True)
class Entry:
    """One address with the time of its last change, None when it has none of its own."""

    location: str
    changed_at: Any


def with_change(pages: QuerySet[Any]) -> QuerySet[Any]:
    """The pages with `changed_at`: when last published; imported items may only have their first publication."""
    return pages.annotate(changed_at=Coalesce("last_published_at", "disclosureitem__published_at"))


def paginator() -> "Paginator[Any]":
    """All public pages cut into files; by id, so that a new page changes only the last file."""
    pages: QuerySet[Any] = with_change(public_pages()).order_by("pk")
    return Paginator(pages, PER_FILE)


def index_entries() -> list[Entry]:
    """The files of the site map; each changed when the site last did."""
    changed_at = with_change(public_pages()).aggregate(last=Max("changed_at"))["last"]
    address = absolute(reverse("sitemap_file"))
    return [Entry(f"{address}?p={number}", changed_at) for number in paginator().page_range]


def file_entries(number: str) -> list[Entry] | None:
    """The addresses of file `number`; None when there is no such file. The first also holds the standing pages."""
    try:
        page = paginator().page(number)
    except InvalidPage:
        return None
    found = [Entry(address, each.changed_at) for each in page.object_list if (address := full_url(each))]
    return standing_entries() + found if page.number == 1 else found


def standing_entries() -> list[Entry]:
    """Addresses that are no pages of Wagtail but should be found."""
    return [Entry(absolute(reverse(name)), None) for name in STANDING]


def robots_text() -> str:
    """What machines are asked to leave alone, and where the site map is."""
    closed = ("/admin/", "/search/", "/preferences/", "/report-error/")
    return "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {absolute(reverse('sitemap'))}", ""])
