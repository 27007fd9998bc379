"""The table of the gate's figures: ten columns with every common kind of rule."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from ckanext.gpo.common.tables import Table, tables

STREETS = (
    "天宁街道",
    "兰陵街道",
    "茶山街道",
    "红梅街道",
    "雕庄街道",
    "青龙街道",
    "郑陆镇",
)
KINDS = ("公共图书馆", "文化馆", "博物馆", "纪念馆", "美术馆")


def _field(name: str, title: str, kind: str, **constraints: Any) -> dict[str, Any]:
    return {"name": name, "title": title, "type": kind, "constraints": constraints}


FIELDS = [
    _field("code", "编号", "string", required=True, pattern=r"WH3204\d{8}"),
    _field("name", "名称", "string", required=True, maxLength=80),
    _field("kind", "类型", "string", required=True, enum=list(KINDS)),
    _field("street", "街道", "string", required=True, enum=list(STREETS)),
    _field("amount", "金额", "number", minimum=0, maximum=10_000_000)
    | {"unit": "万元"},
    _field("year", "年度", "year", required=True),
    _field("visits", "人次", "integer", minimum=0, maximum=1_000_000),
    _field("updated", "更新日期", "date", required=True),
    _field("open", "开放", "boolean", required=True),
    _field("notes", "备注", "string", maxLength=200),
]


def table() -> Table:
    """The table as a Data Package describes it."""
    model = tables()["culture/culture_venues"]
    return Table(
        "culture",
        {
            **model.descriptor,
            "name": "bench",
            "title": "性能测试表",
            "schema": {"fields": FIELDS, "primaryKey": "code"},
            "gpo": {**model.gpo, "res_code": "307015040209/9999"},
        },
    )


def register() -> Table:
    """The same, known to this process like the tables of dataset_schemas/."""
    probe = table()
    return tables().setdefault(probe.ref, probe)


def rows(count: int, seed: int = 3) -> Iterator[list[str]]:
    """Rows that pass every rule, the same for the same seed."""
    chance = random.Random(seed)
    first = date(2000, 1, 1)
    for number in range(count):
        street = chance.choice(STREETS)
        yield [
            f"WH3204{number:08d}",
            f"示例{street}综合文化站第{number % 9973}号",
            chance.choice(KINDS),
            street,
            f"{chance.randrange(10**8) / 100:.2f}",
            str(2000 + number % 26),
            str(chance.randrange(100_000)),
            (first + timedelta(days=chance.randrange(9500))).isoformat(),
            "true" if number % 3 else "false",
            f"第{number}行，待核实" if number % 5 == 0 else "",
        ]


def write(path: Path, count: int) -> Path:
    """A department's CSV of so many clean rows."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([field["name"] for field in FIELDS])
        writer.writerows(rows(count))
    return path


def write_xlsx(path: Path, count: int, *, inline: bool = False) -> Path:
    """The same as Excel writes it.

    :param inline: texts stand in their cells, as many programs write them
    """
    with xlsxwriter.Workbook(str(path), {"constant_memory": inline}) as book:
        sheet = book.add_worksheet()
        styles = {date: book.add_format({"num_format": "yyyy-mm-dd"})}
        for number, row in enumerate(typed_rows(count)):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell, styles.get(type(cell)))
    return path


def write_xls(path: Path, count: int) -> Path:
    """The same as Excel 97 writes it."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    plain, styles = xlwt.easyxf(), {date: xlwt.easyxf(num_format_str="yyyy-mm-dd")}
    for number, row in enumerate(typed_rows(count)):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell, styles.get(type(cell), plain))
    book.save(str(path))
    return path


def typed_rows(count: int) -> Iterator[list[Any]]:
    """The header and so many rows as a workbook holds them; None is a blank cell."""
    yield [field["name"] for field in FIELDS]
    kinds = [field["type"] for field in FIELDS]
    for row in rows(count):
        yield [_typed(kind, cell) for kind, cell in zip(kinds, row, strict=True)]


def _typed(kind: str, cell: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "year": int,
        "number": float,
        "boolean": lambda text: text == "true",
        "date": date.fromisoformat,
    }
    return readers.get(kind, str)(cell) if cell else None
