"""Addresses of lists, feeds, site map, QR codes and error reports."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import conditional_page

from disclosure.items import feeds, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("items/", views.item_list, name="item_list"),
    path("feed/", conditional_page(feeds.ItemFeed()), name="site_feed"),
    path("feed/column/<int:column_id>/", conditional_page(feeds.ColumnFeed()), name="column_feed"),
    path("feed/department/<slug:slug>/", conditional_page(feeds.DepartmentFeed()), name="department_feed"),
    path("feed/kind/<slug:kind>/", conditional_page(feeds.KindFeed()), name="kind_feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-pages.xml", views.sitemap_file, name="sitemap_file"),
    path("robots.txt", views.robots, name="robots"),
    path("qr/<int:page_id>.svg", views.page_qr, name="page_qr"),
    path("report-error/", views.report_error, name="report_error"),
    path("report-error/done/<uuid:token>/", views.report_error_done, name="report_error_done"),
]
