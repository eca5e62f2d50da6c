"""Many rows of one table in few statements, for tables of a multi-table model as well, which `bulk_create` refuses.

Values go through Django's own columns (`get_db_prep_save`), the statements are plain SQL that SQLite and PostgreSQL share.
A default is prepared once for the whole batch: most columns of most rows hold one.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models

# SQLite takes at least 999 parameters in one statement in every version.
PARAMETERS = 999


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows into the model's own table; a row names columns by attribute (`department_id`), others get their default."""
    if rows:
        columns = _columns(model, rows[0])
        with connection.cursor() as cursor:
            cursor.executemany(_insert_sql(model, columns, 1), _prepared(columns, rows))


def insert_and_find(model: type[models.Model], rows: Sequence[Mapping[str, Any]], by: str) -> list[int]:
    """Insert rows and return the keys that the database gave them, told apart by their values of the column `by`."""
    found: dict[Any, int] = {}
    columns = _columns(model, rows[0])
    size = max(1, PARAMETERS // len(columns))
    ending = f" RETURNING {connection.ops.quote_name(by)}, {_key(model)}"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = _prepared(columns, rows[start : start + size])
            cursor.execute(_insert_sql(model, columns, len(part)) + ending, list(chain.from_iterable(part)))
            found.update(cursor.fetchall())
    return [found[row[by]] for row in rows]


def replace_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows over the present ones with the same key."""
    if rows:
        columns = _columns(model, rows[0])
        names = [connection.ops.quote_name(column.column) for column in columns if not column.primary_key]
        ending = f" ON CONFLICT ({_key(model)}) DO UPDATE SET " + ", ".join(f"{name} = EXCLUDED.{name}" for name in names)
        with connection.cursor() as cursor:
            cursor.executemany(_insert_sql(model, columns, 1) + ending, _prepared(columns, rows))


def _key(model: type[models.Model]) -> str:
    return connection.ops.quote_name(str(model._meta.pk.column))


def _columns(model: type[models.Model], row: Mapping[str, Any]) -> list[Any]:
    """The columns of the model's own table; the key only where the rows bring it."""
    return [column for column in model._meta.local_concrete_fields if not column.generated and (not column.primary_key or column.attname in row)]


def _insert_sql(model: type[models.Model], columns: list[Any], amount: int) -> str:
    """An INSERT for `amount` rows; every name in it comes from the models, every value is a parameter."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    places = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([places] * amount)}"  # noqa: S608 - see above


def _prepared(columns: list[Any], rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """The rows as lists of database values in the order of `columns`."""
    defaults = {column.attname: column.get_db_prep_save(column.get_default(), connection) for column in columns}
    return [[column.get_db_prep_save(row[column.attname], connection) if column.attname in row else defaults[column.attname] for column in columns] for row in rows]
