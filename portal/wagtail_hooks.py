"""Wagtail finds the admin parts of the portal here; each registers itself when it is imported."""

from portal.calendar import admin as calendar_admin
from portal.departments import admin as departments_admin
from portal.people import admin as people_admin

__all__ = ["calendar_admin", "departments_admin", "people_admin"]
