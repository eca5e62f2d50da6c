"""Subtrees by index on SQLite.

Wagtail asks for a subtree by `path__startswith`. SQLite can't use the index of `path` for that (its LIKE ignores case), so every page of the
explorer, and every permission check on a tree, read all pages of the site. PostgreSQL has an index for it and is left as it is.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import StartsWith
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import Page

# Steps of a path are made of digits and capital letters; this character sorts after all of them.
AFTER_ALL = "~"


class SubtreeStartsWith(StartsWith):
    """`startswith` on the path of pages: on SQLite a range that the index answers, the same rows as before."""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any) -> tuple[str, list[Any]]:
        """The range from the path itself up to its last possible descendant; a path that is an expression is compared as usual."""
        if not self.rhs_is_direct_value():
            sql, params = self.as_sql(compiler, connection)
            return sql, list(params)
        left, params = self.process_lhs(compiler, connection)
        prefix = str(self.rhs)
        return f"({left} >= %s AND {left} < %s)", [*params, prefix, *params, prefix + AFTER_ALL]


def install() -> None:
    """Use it for pages; calling it again changes nothing."""
    Page._meta.get_field("path").register_lookup(SubtreeStartsWith)
