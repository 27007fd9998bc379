"""Rows of a source to rows of a Table Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, table

from .failures import HarvestError
from .lexical import converter, text
from .sources import Source, SourceTable

MapRow = Callable[[Sequence[Any]], list[str]]


def find_table(ref: str) -> Table:
    """:raises HarvestError: `table-unknown`"""
    try:
        return table(ref)
    except UnknownTable as err:
        raise HarvestError("table-unknown", place=ref) from err


def fields(
    source: Source, source_table: SourceTable, table: Table
) -> list[dict[str, Any]]:
    """The fields that the source fills, in the order of the Table Schema.

    :raises HarvestError: `source-invalid`, a mapped field is not in the Table Schema
    """
    unknown = source_table.columns.keys() - {field["name"] for field in table.fields}
    if unknown:
        raise HarvestError(
            "source-invalid",
            source=source.name,
            place=f"{source_table.ref} columns",
            reason=f"the table has no field {', '.join(sorted(unknown))}",
        )
    return [field for field in table.fields if field["name"] in source_table.columns]


def row_mapper(
    schema_fields: Sequence[Mapping[str, Any]],
    source_table: SourceTable,
    columns: Sequence[str],
) -> MapRow:
    """The function from the cells of a source's row to the texts of a candidate's row.

    :param columns: the source's columns in the order of the cells; all declared ones
        are among them
    """
    steps = [
        (
            columns.index(source_table.columns[field["name"]]),
            source_table.codes.get(field["name"], {}),
            converter(dict(field)),
        )
        for field in schema_fields
    ]

    def map_row(cells: Sequence[Any]) -> list[str]:
        row: list[str] = []
        for position, codes, convert in steps:
            value = cells[position]
            mapped = codes.get(text(value)) if codes else None
            row.append(convert(value) if mapped is None else mapped)
        return row

    return map_row
