"""Many rows of one table in few statements, for tables of a multi-table model as well, which `bulk_create` refuses."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows into the model's own table and return their keys in the same order.

    A row names columns by attribute (`department_id`); what it leaves out gets the field's default.
    """
    return _insert(model, rows, [column for column in _columns(model) if column.attname in rows[0] or not column.primary_key]) if rows else []


def replace_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows whose keys exist already over the present ones: one statement for many rows on SQLite and PostgreSQL."""
    if rows:
        columns = _columns(model)
        others = [column for column in columns if not column.primary_key]
        _insert(model, rows, columns, on_conflict=OnConflict.UPDATE, update_fields=others, unique_fields=[model._meta.pk])


def _columns(model: type[models.Model]) -> list[Any]:
    """The columns of the model's own table; those of its parents stand in the parents' tables."""
    return [column for column in model._meta.local_concrete_fields if not column.generated]


def _complete(columns: list[Any], row: Mapping[str, Any]) -> SimpleNamespace:
    """The row as an object with an attribute for every column."""
    return SimpleNamespace(**{column.attname: row[column.attname] if column.attname in row else column.get_default() for column in columns})


def _insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]], columns: list[Any], **conflict: Any) -> list[int]:
    keys: list[int] = []
    size = max(1, connection.ops.bulk_batch_size(columns, list(rows)))
    for start in range(0, len(rows), size):
        query = InsertQuery(model, **conflict)
        query.insert_values(columns, [_complete(columns, row) for row in rows[start : start + size]], raw=True)
        found = query.get_compiler(using=connection.alias).execute_sql(returning_fields=None if conflict else [model._meta.pk])
        keys += [row[0] for row in found or []]
    return keys
