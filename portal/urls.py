"""Addresses of the whole site; Wagtail's pages come last, they take what is left."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("portal.face.urls")),
    path("", include("search.urls")),
    path("", include("disclosure.catalogue.urls")),
    path("", include("disclosure.items.urls")),
    # Pictures only; documents go through Wagtail, which knows their permissions. In production the web server takes this over.
    re_path(r"^media/(?P<path>(?:images|original_images)/.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include(wagtail_urls)),
]
