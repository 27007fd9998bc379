"""The table of the reader's figures as an office keeps it: titles, two-level header, total."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from stdnum.cn import uscc

from ckanext.gpo.common.tables import Table

from bench.gate_table import STREETS

DEPARTMENTS = (
    "区住房和城乡建设局",
    "区交通运输局",
    "区水利局",
    "区教育局",
    "区卫生健康局",
    "区城市管理局",
)
COMPANIES = 20_000


def _field(name: str, title: str, kind: str, **constraints: Any) -> dict[str, Any]:
    return {"name": name, "title": title, "type": kind, "constraints": constraints}


FIELDS = [
    _field("code", "项目编号", "string", required=True, pattern=r"XM32-\d{4}-\d{6}"),
    _field("name", "项目名称", "string", required=True, maxLength=80),
    _field("department", "主管部门", "string", required=True, enum=list(DEPARTMENTS)),
    _field("street", "所在街道", "string", enum=list(STREETS)),
    _field("company", "承建单位名称", "string", maxLength=80),
    _field("uscc", "统一社会信用代码", "string") | {"gpo:check": "uscc"},
    _field("budget", "预算数", "number", minimum=0) | {"unit": "万元"},
    _field("paid", "已支付", "number", minimum=0) | {"unit": "万元"},
    _field("households", "受益户数", "integer", minimum=0),
    _field("started", "开工日期", "date", required=True),
    _field("finished", "竣工日期", "date"),
    _field("notes", "说明", "string", maxLength=200),
]
LEVELS = (
    ("项目", ("项目编号", "项目名称", "主管部门", "所在街道")),
    ("承建单位", ("承建单位名称", "统一社会信用代码")),
    ("资金（万元）", ("预算数", "已支付")),
    ("进度", ("受益户数", "开工日期", "竣工日期", "说明")),
)
"""The upper level of the header, and what stands below each of its cells."""


def table() -> Table:
    """The table as a Data Package describes it."""
    schema = {"fields": FIELDS, "primaryKey": "code"}
    return Table(
        "construction", {"name": "office", "title": "性能测试表", "schema": schema}
    )


def rows(count: int, seed: int = 3) -> Iterator[list[Any]]:
    """Rows that pass every rule, typed, the same for the same seed. 示例数据."""
    chance = random.Random(seed)
    companies = [_company(number) for number in range(min(count, COMPANIES))]
    for number in range(count):
        street = chance.choice(STREETS)
        started = date(2012, 1, 1) + timedelta(days=chance.randrange(5000))
        budget = chance.randrange(10**7) / 100
        is_finished = number % 7 > 0
        yield [
            f"XM32-{started.year}-{number:06d}",
            f"示例{street}第{number}号道路改造工程",
            chance.choice(DEPARTMENTS),
            street,
            *chance.choice(companies),
            budget,
            round(budget * chance.random(), 2),
            chance.randrange(5000),
            started,
            started + timedelta(days=chance.randrange(900)) if is_finished else None,
            f"第{number}行，待核实" if number % 5 == 0 else None,
        ]


def write(path: Path, count: int) -> Path:
    """The table with so many rows in a workbook as Excel writes it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("2025年")
        styles = [_style(book, field["type"]) for field in FIELDS]
        totals = [0.0] * len(FIELDS)
        sheet.merge_range(0, 0, 0, len(FIELDS) - 1, "示例区建设项目台账")
        _write_header(sheet)
        line = 3
        for row in rows(count):
            for column, cell in enumerate(row):
                if cell is None:
                    sheet.write_blank(line, column, None, styles[column])
                else:
                    sheet.write(line, column, cell, styles[column])
            for column in (6, 7, 8):
                totals[column] += row[column]
            line += 1
        sheet.write(line, 0, "合计")
        for column in (6, 7, 8):
            sheet.write(line, column, round(totals[column], 2), styles[column])
    return path


def _write_header(sheet: Any) -> None:
    column = 0
    for upper, lower in LEVELS:
        sheet.merge_range(1, column, 1, column + len(lower) - 1, upper)
        for label in lower:
            sheet.write(2, column, label)
            column += 1


def _style(book: Any, kind: str) -> Any:
    forms = {"number": "#,##0.00", "date": 'yyyy"年"m"月"d"日"'}
    return book.add_format({"border": 1, "num_format": forms.get(kind, "General")})


def _company(number: int) -> tuple[str, str]:
    stem = f"91320402MA{number:07d}"
    return f"示例建设工程有限公司{number}", stem + uscc.calc_check_digit(stem)
