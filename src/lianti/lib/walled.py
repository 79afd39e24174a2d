"""Columns that the web role may not read on PostgreSQL: each is read, and found by, a function of the database.

The function decides whose value the transaction may see (contexts/accounts/rules.py); in any other use of the column
PostgreSQL says 'permission denied'. On SQLite they are plain columns.
"""

import re
from typing import TYPE_CHECKING, Any

from django.db.models import CharField
from django.db.models.lookups import Exact

if TYPE_CHECKING:
    Text = CharField[Any, Any]
    Equal = Exact[Any]
else:
    Text, Equal = CharField, Exact
_COLUMN = re.compile(r'("\w+")\."\w+"')


class WalledText(Text):
    """A text that is read as lianti_<column>(id), and found by equality as lianti_by_<column>(text)."""

    def deconstruct(self) -> Any:
        """Say that the column is a plain one: migrations know nothing of walls."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read the value through the function."""
        found = _COLUMN.fullmatch(sql) if compiler.connection.vendor == "postgresql" else None
        return (f'lianti_{self.column}({found[1]}."id")', params) if found else (sql, params)


@WalledText.register_lookup
class _Found(Equal):
    """Finds the row by the function, through its key."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition on the key."""
        column, params = self.process_lhs(compiler, connection)
        value, values = self.process_rhs(compiler, connection)
        found = _COLUMN.fullmatch(column)
        field: Any = self.lhs.output_field
        if found is None:
            return super().as_sql(compiler, connection)
        return f'{found[1]}."id" = lianti_by_{field.column}({value})', [*params, *values]
