"""The XLSX file: typed cells, a header that stays, nothing that runs.

Every text is written as text, whatever it looks like; what a spreadsheet cannot hold
exactly (long numbers, days before 1900) makes its column one of text, see `rowstore`.
"""

from __future__ import annotations

from pathlib import Path

from rustpy_xlsxwriter import Format, write_worksheets

from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.labels import workbook_labels
from ckanext.gpo.common.spreadsheets import (
    LONGEST_CELL,
    ROWS_OF_A_SHEET,
    sheet_name,
)
from ckanext.gpo.common.tables import Table

from .rowstore import Column, RowStore

_NARROW, _WIDE = 10, 40


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
    names = [name for name, _ in sheets]
    write_worksheets(
        sheets,
        str(path),
        freeze_panes={"general": {"row": 1, "col": 0}},
        header_format=dict.fromkeys(
            names, Format().set_bold().set_border_bottom("thin")
        ),
        column_formats=dict.fromkeys(names, _formats(rows.columns, labels)),
        column_widths=dict.fromkeys(names, _widths(rows.columns, labels)),
        # codes of digits are text on purpose: no green corners for them
        ignore_errors=dict.fromkeys(names, _texts(rows.columns, labels)),
    )


def _cell(column: Column) -> str:
    if column.cell != "VARCHAR":
        return f"CAST({column.key} AS {column.cell})"
    key = column.key
    pairs = f"length(regexp_replace({key}, '[^\\x{{10000}}-\\x{{10FFFF}}]', '', 'g'))"
    return (
        # bytes first: they are known without reading the text
        f"CASE WHEN strlen({key}) > {LONGEST_CELL // 2}"
        f" AND length({key}) + {pairs} > {LONGEST_CELL}"
        f" THEN left({key}, {LONGEST_CELL // 2}) || '…' ELSE {key} END"
    )


def _formats(columns: tuple[Column, ...], titles: list[str]) -> dict[str, Format]:
    shapes = {"DATE": "yyyy-mm-dd", "TIMESTAMP": "yyyy-mm-dd hh:mm:ss", "VARCHAR": "@"}
    return {
        title: Format().set_num_format(shapes[column.cell])
        for column, title in zip(columns, titles, strict=True)
        if column.cell in shapes
    }


def _texts(columns: tuple[Column, ...], titles: list[str]) -> list[str]:
    return [
        title
        for column, title in zip(columns, titles, strict=True)
        if column.cell == "VARCHAR"
    ]


def _widths(columns: tuple[Column, ...], titles: list[str]) -> dict[str, float]:
    # A Chinese character is as wide as two digits.
    return {
        title: float(
            max(
                min(2 + 2 * len(title), _WIDE),
                {"DATE": 12, "TIMESTAMP": 20}.get(column.cell, _NARROW),
            )
        )
        for column, title in zip(columns, titles, strict=True)
    }
