"""Addresses of the public face."""

from django.urls import URLPattern, URLResolver, path

from portal.face.preferences import preferences
from portal.face.site_map import site_map
from portal.face.styleguide import styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/", preferences, name="preferences"),
    path("site-map/", site_map, name="site_map"),
    path("styleguide/", styleguide, name="styleguide"),
]
