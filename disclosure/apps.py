"""Flow 1: publish."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """Catalogue, page types, import."""

    name = "disclosure"
    verbose_name = _("Disclosure")

    def ready(self) -> None:
        """Tell search what there is to find, and listen for what changes, departments included."""
        from disclosure import search_events
        from disclosure.items import departments
        from disclosure.search_documents import DepartmentSource, ItemSource, department_labels, kind_labels, validity_labels
        from search.documents import registry
        from search.labels import register_labels

        registry.add(ItemSource())
        registry.add(DepartmentSource())
        register_labels("kind", kind_labels)
        register_labels("department", department_labels)
        register_labels("validity", validity_labels)
        search_events.connect()
        departments.connect()
