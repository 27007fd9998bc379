"""How the fields of a table are kept in PostgreSQL: their types, and what is indexed. Pure.

Whoever loads rows makes these columns and indexes; whoever queries them relies on both.
"""

from __future__ import annotations

from typing import Any, Final

from .tables import Table

COLUMN_TYPES: Final = {
    "integer": "int8",
    "year": "int4",
    "number": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
}
"""Table Schema type → PostgreSQL type; every other type is text."""

_DAYS: Final = frozenset({"date", "datetime", "yearmonth"})
"""Types of columns that rows are looked up by whatever the schema says."""


_LOOKED_UP_CODES: Final = frozenset({"project_code", "uscc"})
"""Codes that name a thing of which many tables tell, see `gpo:check`."""


def column_type(field: dict[str, Any]) -> str:
    """The PostgreSQL type of a field's column."""
    return COLUMN_TYPES.get(field["type"], "text")


def indexed_columns(table: Table) -> list[tuple[str, ...]]:
    """The columns, or groups of them, that are indexed beside the primary key.

    What rows are looked up by: keys into other tables, codes of projects and
    enterprises, words of a list, days, and what the schema names with `gpo:filter`.
    """
    indexed = [key.fields for key in table.foreign_keys]
    indexed += [(field["name"],) for field in table.fields if _is_filter(field)]
    # An index on the same columns, or on more that begin with them, serves as well.
    indexes = [table.primary_key, *indexed]
    return [
        names
        for number, names in enumerate(indexed, start=1)
        if not any(
            other[: len(names)] == names and (other != names or place < number)
            for place, other in enumerate(indexes)
        )
    ]


def sorted_columns(table: Table) -> frozenset[str]:
    """The columns by which an index brings rows into order, however many there are.

    Of a column with few different values an index does not: within one value rows would
    still have to be sorted.
    """
    leading = {
        names[0] for names in (table.primary_key, *indexed_columns(table)) if names
    }
    return frozenset(
        field["name"]
        for field in table.fields
        if field["name"] in leading
        and field["type"] not in ("boolean", "year")
        and "enum" not in field.get("constraints", {})
    )


def _is_filter(field: dict[str, Any]) -> bool:
    declared = field.get("gpo:filter")
    if declared is not None:
        return bool(declared)
    return (
        field["type"] in _DAYS
        or field.get("gpo:check") in _LOOKED_UP_CODES
        or "enum" in field.get("constraints", {})
    )
