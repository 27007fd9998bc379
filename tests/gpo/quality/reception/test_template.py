"""The template of every table is filled in and comes back without a step."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ckanext.gpo.common.tables import Table, table, tables
from ckanext.gpo.intake import CleanTable, Declaration, Limits, read
from ckanext.gpo.quality.reception import template

LICENCES = "food_drug/food_licences"


def _made(table: Table, folder: Path, english: bool = False) -> Path:
    path = folder / "template.xlsx"
    template.write(table, path, english, str)
    return path


def _fill(path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.load_workbook(path)
    for number, cells in enumerate(rows, 2):
        for column, value in enumerate(cells, 1):
            book.worksheets[0].cell(number, column).value = value
    book.save(path)


def _read(path: Path, table: Table) -> CleanTable:
    return read(path, table, Declaration(), path.parent, Limits())


def _typed(field: dict[str, Any]) -> Any:
    """The example of a field as a spreadsheet holds it."""
    example = field["example"]
    if field["type"] == "date":
        return date.fromisoformat(str(example))
    return example if field["type"] in ("integer", "number", "year") else str(example)


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("ref", tables())
def test_filled_in_it_comes_back_without_a_step(
    ref: str, english: bool, tmp_path: Path
):
    described = table(ref)
    path = _made(described, tmp_path, english)
    _fill(path, [[_typed(field) for field in described.fields]] * 2)

    clean = _read(path, described)

    assert (clean.steps, clean.findings, clean.rows) == ((), (), 2)
    with clean.path.open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream))
    assert first == {f["name"]: str(f["example"]) for f in described.fields}


def test_header_is_locked_and_the_cells_below_are_not(tmp_path: Path):
    sheet = openpyxl.load_workbook(_made(table(LICENCES), tmp_path)).worksheets[0]

    assert sheet.protection.sheet
    assert sheet.freeze_panes == "A2"
    assert all(cell.protection.locked for cell in sheet[1])
    assert not any(
        sheet.column_dimensions[c.column_letter].protection.locked for c in sheet[1]
    )


def test_each_column_asks_for_what_its_schema_says(tmp_path: Path):
    described = table(LICENCES)
    book = openpyxl.load_workbook(_made(described, tmp_path))
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    for cell, field in zip(book.worksheets[0][1], described.fields, strict=True):
        rule = rules[cell.column_letter]
        assert str(field["example"]) in rule.prompt
        if enum := field.get("constraints", {}).get("enum"):
            sheet, _, cells = rule.formula1.partition("!")
            (values,) = book[sheet.strip("'")][cells.replace("$", "")]
            assert rule.type == "list"
            assert [value.value for value in values] == enum


def test_sheet_of_notes_with_another_header_is_named(tmp_path: Path):
    described = table(LICENCES)
    path = _made(described, tmp_path)
    _fill(path, [[_typed(field) for field in described.fields]])
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["A1"] = "字段名"
    book.save(path)

    assert [step.code for step in _read(path, described).steps] == ["sheet-chosen"]
