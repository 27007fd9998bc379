"""A table, and grids of it written by hand. 示例数据."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake.clean import CleanTable
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Grid, Merge, RowOrBlock
from ckanext.gpo.intake.reader import clean

FIELDS: list[dict[str, Any]] = [
    {
        "name": "code",
        "title": "项目编号",
        "title_en": "Project code",
        "type": "string",
        "constraints": {"required": True, "maxLength": 20},
    },
    {
        "name": "name",
        "title": "项目名称",
        "title_en": "Project",
        "type": "string",
        "gpo:synonyms": ["工程名称"],
        "constraints": {"required": True, "maxLength": 200},
    },
    {
        "name": "amount",
        "title": "金额",
        "title_en": "Amount",
        "type": "number",
        "unit": "万元",
        "constraints": {"required": True},
    },
    {"name": "count", "title": "数量", "title_en": "Count", "type": "integer"},
    {"name": "day", "title": "批准日期", "title_en": "Approved", "type": "date"},
]

TITLES = [field["title"] for field in FIELDS]
ROW = ["XM1", "示例工程", "12.5", "3", "2026-03-05"]
ROW_2 = ["XM2", "示例道路", "8", "1", "2026-03-06"]


def table(fields: Sequence[dict[str, Any]] = FIELDS, key: str = "code") -> Table:
    schema = {"fields": list(fields), "primaryKey": [key]}
    return Table("example", {"name": "example", "title": "示例", "schema": schema})


def read(
    rows: Iterable[Sequence[Cell]],
    folder: Path,
    *,
    fields: Sequence[dict[str, Any]] = FIELDS,
    key: str = "code",
    typed: bool = False,
    merges: Sequence[Merge] = (),
    **declared: Any,
) -> CleanTable:
    """Read rows, numbered from 1, as a file of the table."""
    stream = list(enumerate(rows, 1))
    return read_stream(
        stream, folder, fields=fields, key=key, typed=typed, merges=merges, **declared
    )


def read_stream(
    stream: Iterable[RowOrBlock],
    folder: Path,
    *,
    fields: Sequence[dict[str, Any]] = FIELDS,
    key: str = "code",
    typed: bool = True,
    merges: Sequence[Merge] = (),
    **declared: Any,
) -> CleanTable:
    """Read rows and blocks of them as a file of the table."""
    grid = Grid(
        "xlsx" if typed else "csv",
        iter(stream),
        sheet="2025年" if typed else "",
        typed=typed,
        merges=merges,
    )
    return clean(grid, table(fields, key), Declaration(**declared), folder)


def cells(result: CleanTable) -> list[list[str]]:
    """The rows of a clean table, without its header."""
    with result.path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def steps(result: CleanTable) -> dict[str, int]:
    """How often each step was done."""
    return _counts((step.code, step.count) for step in result.steps)


def findings(result: CleanTable) -> dict[str, int]:
    """How often each finding was made."""
    return _counts((finding.code, finding.count) for finding in result.findings)


def _counts(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for code, count in pairs:
        counts[code] = counts.get(code, 0) + count
    return counts
