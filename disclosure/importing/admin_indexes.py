"""The admin's own indexes (search for pages, where-used) for pages that were written without a signal for each."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends_with_name

from disclosure.importing.bulk_rows import insert_rows
from disclosure.items.base import DisclosureItem


def note_in_admin_indexes(model: type[DisclosureItem], new: Sequence[int], changed: Sequence[int]) -> None:
    """Bring pages into the admin's search and their links to other records into the index of references."""
    pages = list(model._base_manager.filter(pk__in=[*new, *changed]).defer("body"))
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(model, pages)
    base = ReferenceIndex._get_base_content_type(model)
    if changed:
        ReferenceIndex.objects.filter(base_content_type=base, object_id__in=[str(key) for key in changed]).delete()
    _note_references(model, pages)


def _note_references(model: type[DisclosureItem], pages: Sequence[DisclosureItem]) -> None:
    """Links by foreign key, as Wagtail extracts them; imported texts hold no links to pages or files of the site."""
    columns = [column for column in model._meta.concrete_fields if _is_tracked(column)]
    same = {
        column.attname: {
            "content_type_id": ContentType.objects.get_for_model(model).pk, "base_content_type_id": ReferenceIndex._get_base_content_type(model).pk,
            "to_content_type_id": ReferenceIndex._get_base_content_type(column.related_model).pk, "model_path": column.name, "content_path": column.name,
            "content_path_hash": ReferenceIndex._get_content_path_hash(column.name),
        }
        for column in columns
    }
    links = [(str(page.pk), attname, target) for page in pages for attname in same if (target := getattr(page, attname))]
    insert_rows(ReferenceIndex, [{**same[attname], "object_id": key, "to_object_id": str(target)} for key, attname, target in links])


def _is_tracked(column: "models.Field[object, object]") -> bool:
    """Whether Wagtail notes this column: a foreign key that neither its field nor the model it points to excludes."""
    ignored = getattr(column, "wagtail_reference_index_ignore", False) or getattr(column.related_model, "wagtail_reference_index_ignore", False)
    return bool(column.many_to_one) and not ignored
