"""All models of the portal, gathered for Django."""

from portal.calendar.models import CalendarDay
from portal.departments.models import Department, FormerName
from portal.face.models import HomePage
from portal.files.models import PublicDocument, PublicImage, PublicRendition
from portal.site.models import PortalSettings

__all__ = [
    "CalendarDay",
    "Department",
    "FormerName",
    "HomePage",
    "PortalSettings",
    "PublicDocument",
    "PublicImage",
    "PublicRendition",
]
