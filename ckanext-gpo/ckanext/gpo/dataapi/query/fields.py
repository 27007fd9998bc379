"""The fields of a published table as queries take them.

A table is published under the schema of its day: a field that the schema has got since is
not in it yet, and one whose type has changed is still kept as before. What counts is the
column that is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from ckanext.gpo.common.columns import COLUMN_TYPES, column_type, sorted_columns
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate

from .errors import QueryError

NUMBERS: Final = frozenset({"integer", "number", "year"})
DAYS: Final = frozenset({"date", "datetime", "yearmonth"})

_SQL_TYPES: Final[Mapping[str, sa.types.TypeEngine[Any]]] = {
    "int8": sa.BigInteger(),
    "int4": sa.Integer(),
    "numeric": sa.Numeric(),
    "bool": sa.Boolean(),
    "date": sa.Date(),
    "timestamp": sa.DateTime(),
    "text": sa.Text(),
}
_KINDS: Final = {column: kind for kind, column in COLUMN_TYPES.items()}


@dataclass(frozen=True)
class Field:
    """A field with its column.

    :param type: of the Table Schema
    :param is_sorted: whether an index brings any number of rows into its order
    """

    name: str
    type: str
    is_sorted: bool = False

    @property
    def is_text(self) -> bool:
        return self.type not in COLUMN_TYPES

    @property
    def column(self) -> sa.ColumnClause[Any]:
        return sa.column(self.name, _SQL_TYPES[COLUMN_TYPES.get(self.type, "text")])


Fields = Mapping[str, Field]
"""The fields of a table by name, in the schema's order."""


def queried_fields(table: Table, columns: Mapping[str, str]) -> Fields:
    """The fields of a table that its published rows have.

    :param columns: name → PostgreSQL type of the columns that are there
    """
    in_order = sorted_columns(table)
    return {
        name: Field(name, _effective_type(field, columns[name]), name in in_order)
        for field in table.fields
        if (name := field["name"]) in columns
    }


def _effective_type(field: dict[str, Any], column: str) -> str:
    declared: str = field["type"]
    return declared if column_type(field) == column else _KINDS.get(column, "string")


def select_field(fields: Fields, name: object, parameter: str, _: Translate) -> Field:
    """The field of a name.

    :raises QueryError: `field-unknown`
    """
    field = fields.get(name) if isinstance(name, str) else None
    if field is None:
        message = _("The table has no field “{field}”. Its fields are: {fields}")
        raise QueryError(
            "field-unknown",
            message.format(field=str(name)[:100], fields=", ".join(fields)),
            parameter,
            field=str(name)[:100],
        )
    return field


def select_fields(
    fields: Fields, names: Iterable[str], parameter: str, _: Translate
) -> list[Field]:
    """The fields of some names, each of them once; all of them if there are no names.

    :raises QueryError: `field-unknown`
    """
    selected = [select_field(fields, name, parameter, _) for name in names]
    return list(dict.fromkeys(selected)) or list(fields.values())
