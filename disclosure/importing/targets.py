"""What an import may fill: the fields of each kind of item, and how a value for each is read when the mapping says nothing."""

from django.db import models

from disclosure.items.base import DisclosureItem
from disclosure.items.columns import ArticlePage
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.kinds import Kind
from disclosure.items.notices import NoticePage
from disclosure.items.policies import PolicyDocumentPage

MODELS: dict[str, type[DisclosureItem]] = {
    Kind.NOTICE: NoticePage,
    Kind.POLICY: PolicyDocumentPage,
    Kind.GUIDE: ServiceGuidePage,
    Kind.ARTICLE: ArticlePage,
}
# Not columns of one name, or columns that need more than their value.
SPECIAL = {
    "title": "line", "body": "text", "department": "line", "catalogue": "line", "themes": "list", "tags": "list", "published_at": "datetime", "import_id": "line",
    "index_number": "line", "document_number": "line", "summary": "line",
}
SPECIAL_OF_GUIDES = {"materials": "list", "legal_limit": "days", "promised_limit": "days", "life_events": "list"}
SPECIAL_OF_POLICIES = {"history": "list"}
# Set by the system, never by a source.
OWN = {
    "page_ptr", "disclosureitem_ptr", "kind", "category", "department", "department_name", "drafting_department", "catalogue_item", "import_source", "import_digest", "body",
    "mode", "origin", "legal_time", "legal_unit", "promised_time", "promised_unit", "photo", "original", "document",
}


def targets_of(kind: str) -> dict[str, str]:
    """Every field that a mapping for `kind` may name, with the transform that reads it."""
    model = MODELS[kind]
    columns = [column for owner in (DisclosureItem, model) for column in owner._meta.local_concrete_fields if column.name not in OWN]
    found = {column.name: _transform(column) for column in columns}
    found.update(SPECIAL)
    found.update(SPECIAL_OF_GUIDES if kind == Kind.GUIDE else SPECIAL_OF_POLICIES if kind == Kind.POLICY else {})
    return found


def _transform(column: "models.Field[object, object]") -> str:
    """The name of the transform that suits a column."""
    if isinstance(column, models.DateTimeField):
        return "datetime"
    if isinstance(column, models.DateField):
        return "date"
    if isinstance(column, models.BooleanField):
        return "flag"
    if isinstance(column, models.IntegerField):
        return "number"
    if isinstance(column, models.TextField):
        return "text"
    return "line"
