"""Addresses of the disclosure catalogue; words come before codes."""

from django.urls import URLPattern, URLResolver, path

from disclosure.catalogue import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/themes/", views.themes, name="catalogue_themes"),
    path("catalogue/standard/", views.standard, name="standard_table"),
    path("catalogue/standard.csv", views.standard_csv, name="standard_csv"),
    path("catalogue/standard.xlsx", views.standard_xlsx, name="standard_xlsx"),
    path("catalogue/<str:code>/", views.catalogue_item, name="catalogue_item"),
]
