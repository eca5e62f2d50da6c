"""The admin's own indexes (search for pages, where-used) for pages that were written without a signal for each."""

import uuid
from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends_with_name

from disclosure.items.base import DisclosureItem

# Far below the number of parameters that SQLite takes in one statement.
PART = 500


def note_in_admin_indexes(model: type[DisclosureItem], ids: Sequence[int]) -> None:
    """Bring pages into the admin's search and their links to other records into the index of references."""
    pages = list(model._base_manager.filter(pk__in=ids).defer("body"))
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(model, pages)
    _note_references(model, pages)


def _note_references(model: type[DisclosureItem], pages: Sequence[DisclosureItem]) -> None:
    """Links by foreign key, as Wagtail extracts them; imported texts hold no links to pages or files of the site."""
    base = ReferenceIndex._get_base_content_type(model)
    own = ContentType.objects.get_for_model(model)
    ReferenceIndex.objects.filter(base_content_type=base, object_id__in=[str(page.pk) for page in pages]).delete()
    links = [column for column in model._meta.concrete_fields if _is_tracked(column)]
    targets = {column.attname: ReferenceIndex._get_base_content_type(column.related_model) for column in links}
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=own, base_content_type=base, object_id=str(page.pk), to_content_type=targets[column.attname],
                to_object_id=str(getattr(page, column.attname)), model_path=column.name, content_path=column.name, content_path_hash=_path_hash(column.name),
            )
            for page in pages
            for column in links
            if getattr(page, column.attname)
        ],
        batch_size=PART,
    )


def _is_tracked(column: "models.Field[object, object]") -> bool:
    """Whether Wagtail notes this column: a foreign key that neither its field nor the model it points to excludes."""
    ignored = getattr(column, "wagtail_reference_index_ignore", False) or getattr(column.related_model, "wagtail_reference_index_ignore", False)
    return bool(column.many_to_one) and not ignored


def _path_hash(path: str) -> uuid.UUID:
    return ReferenceIndex._get_content_path_hash(path)
