"""The skeleton of the site: home page and list of departments; everything else hangs on them."""

from django.db import transaction
from wagtail.models import Page, Site

from disclosure.items.columns import DepartmentIndexPage
from portal.face.models import HomePage
from portal.people.roles import ensure_roles
from portal.site.models import PortalSettings


@transaction.atomic
def ensure_site(name: str, hostname: str = "localhost", port: int = 80) -> HomePage:
    """The home page with site, settings and list of departments, made where they are missing; safe to call again."""
    home = HomePage.objects.first() or _make_home(name)
    site, _created = Site.objects.get_or_create(is_default_site=True, defaults={"hostname": hostname, "port": port, "root_page": home, "site_name": name})
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, name
        site.save()
    PortalSettings.objects.get_or_create(site=site, defaults={"site_name": name})
    if not DepartmentIndexPage.objects.exists():
        home.add_child(instance=DepartmentIndexPage(title="部门和乡镇", slug="departments", show_in_menus=True))
    ensure_roles()  # the disclosure office works on the whole tree, which begins only now
    return home


def _make_home(name: str) -> HomePage:
    """A new home page below the root, in the place of Wagtail's welcome page."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = HomePage(title=name, slug="yangguang")
    root.add_child(instance=home)
    welcome = root.get_children().filter(slug="home").exclude(pk=home.pk).first()
    if welcome:
        Site.objects.filter(root_page=welcome).update(root_page=home, site_name=name)
        welcome.delete()
    return home
