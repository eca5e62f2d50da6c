"""Which pages everybody may see, and their full addresses as they stand in feeds, site map and QR codes."""

from urllib.parse import urljoin

from django.conf import settings
from wagtail.models import Page
from wagtail.query import PageQuerySet

from disclosure.items.base import DisclosureItem


def public_pages() -> PageQuerySet:
    """Every published page below no lock; of items of disclosure only what `public()` lets through."""
    hidden = DisclosureItem.objects.exclude(pk__in=DisclosureItem.objects.public().values("pk"))
    return Page.objects.live().public().filter(depth__gt=1).exclude(pk__in=hidden.values("pk"))


def public_page(page_id: int) -> Page | None:
    """The page with this id if everybody may see it."""
    item = DisclosureItem.objects.filter(pk=page_id)
    if item.exists():
        return DisclosureItem.objects.public().filter(pk=page_id).first()
    return Page.objects.live().public().filter(pk=page_id, depth__gt=1).first()


def absolute(path: str) -> str:
    """The address under which people reach `path`; an address that is whole already stays as it is."""
    return urljoin(f"{settings.BASE_URL}/", path)


def full_url(page: Page) -> str:
    """The full address of a page; empty when it is on no site."""
    path = page.get_url()
    return absolute(path) if path else ""
