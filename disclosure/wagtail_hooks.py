"""Wagtail finds the admin parts of disclosure here; each registers itself when it is imported."""

from disclosure.catalogue import admin as catalogue_admin
from disclosure.items import admin as items_admin
from disclosure.items import corrections_admin, visits

__all__ = ["catalogue_admin", "corrections_admin", "items_admin", "visits"]
