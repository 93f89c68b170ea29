"""``begins``: a prefix search that uses the plain index of a column on both databases."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import StartsWith

_AFTER_ALL = "\U0010ffff"  # sorts after every character that a name or code can hold


class Begins(StartsWith):
    """SQLite uses no index for LIKE as Django writes it; PostgreSQL's pattern index is for LIKE alone."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return (
            f"({column} >= %s AND {column} < %s)",
            (*parameters, self.rhs, *parameters, f"{self.rhs}{_AFTER_ALL}"),
        )

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*parameters, f"{connection.ops.prep_for_like_query(self.rhs)}%")
