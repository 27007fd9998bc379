"""The XLSX file: typed cells, a header that stays, nothing that runs.

What a spreadsheet cannot hold exactly (long numbers, days before 1900) makes its column one
of text, see `rowstore`.
"""

from __future__ import annotations

from pathlib import Path

from ckanext.gpo.common import workbooks
from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.labels import workbook_labels
from ckanext.gpo.common.spreadsheets import ROWS_OF_A_SHEET, sheet_name
from ckanext.gpo.common.tables import Table

from .rowstore import Column, RowStore


def write(
    table: Table, rows: RowStore, path: Path, rows_of_a_sheet: int = ROWS_OF_A_SHEET
) -> None:
    """Write the rows as a workbook, split over sheets where one cannot hold them."""
    labels = workbook_labels([column.field for column in rows.columns])
    cells = ", ".join(
        f"{_cell(column)} AS {identifier(title)}"
        for column, title in zip(rows.columns, labels, strict=True)
    )
    connection = rows.cursor()
    # A row's id is its place in the file, so that a sheet is a range of them.
    sheets = [
        (
            sheet_name(table.title, first // rows_of_a_sheet + 1),
            connection.cursor().sql(
                f"SELECT {cells} FROM rows"  # noqa: S608 - made of numbers and quoted names
                f" WHERE rowid BETWEEN {first} AND {first + rows_of_a_sheet - 1}"
            ),
        )
        for first in range(0, max(rows.count, 1), rows_of_a_sheet)
    ]
    kinds = [column.cell for column in rows.columns]
    workbooks.write(path, sheets, dict(zip(labels, kinds, strict=True)))


def _cell(column: Column) -> str:
    if column.cell != "VARCHAR":
        return f"CAST({column.key} AS {column.cell})"
    return workbooks.text_cell(column.key)
