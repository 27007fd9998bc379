"""财政局: budgets as a workbook and a CSV, and one table of NBS."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from .files import LABEL, Area, DropFile, csv_bytes, full_width, xlsx_bytes
from .national import nbs_csv
from .primitives import dice, round_to, words

_BUDGETS = range(2018, 2027)
_ACCOUNTS = range(2018, 2026)
_STAFF = ("行政运行", "机关事业单位基本养老保险缴费支出", "住房公积金")


@cache
def _expenditures() -> list[list[Any]]:
    """Rows of year, department, function and 万元: total, basic, project, year before."""
    rng = dice("czj expenditures")
    last_year: dict[tuple[str, str], float] = {}
    rows: list[list[Any]] = []
    shared = words("shared_functions")
    for year in _BUDGETS:
        for department in words("departments"):
            for function in [*department["items"], *shared]:
                key = department["code"], function
                names = words("functions")[function]
                last = last_year.get(key)
                usual = last or rng.uniform(30, 240 if function in shared else 2600)
                total = round_to(usual * rng.uniform(0.96, 1.1), 0.01)
                staff = 1 if names[2] in _STAFF else rng.uniform(0, 0.3)
                basic = round_to(total * staff, 0.01)
                figures = [total, basic, round_to(total - basic, 0.01), last]
                last_year[key] = total
                rows.append(
                    [year, key[0], department["name"], function, *names, *figures]
                )
    return rows


def _budget_book() -> bytes:
    head = [
        [f"天宁区部门预算支出汇总表（功能分类到项级）{LABEL}"],
        ["编制单位：天宁区财政局", *[""] * 9, "单位：万元"],
        [
            "年度",
            "部门编码",
            "部门名称",
            "功能分类科目",
            "",
            "",
            "",
            "预算数",
            "",
            "",
            "上年预算数",
        ],
        ["", "", "", "编码", "类", "款", "项", "合计", "基本支出", "项目支出", ""],
    ]
    merges: list[Area] = [(0, 0, 0, 10), (2, 3, 2, 6), (2, 7, 2, 9)]
    merges += [(2, column, 3, column) for column in (0, 1, 2, 10)]
    rows = [list(row) for row in _expenditures()]
    first = len(head)
    start = 0
    for number, row in enumerate(rows):
        if number % 60 == 31:
            row[7] = full_width(f"{row[7]:.2f}")
        following = rows[number + 1] if number + 1 < len(rows) else None
        if not following or following[:3] != row[:3]:
            # The department's cells are merged over all its lines.
            merges += [
                (first + start, column, first + number, column) for column in (1, 2)
            ]
            start = number + 1
        row[0] = f"{row[0]}年"
    total = round_to(sum(row[7] for row in _expenditures()), 0.01)
    tail = [
        ["合计", *[""] * 6, total],
        [],
        ["注：本表为示例数据，不反映任何部门的实际预算。"],
    ]
    return xlsx_bytes("部门预算支出", [*head, *rows, *tail], merges)


_THREE = (
    "年度",
    "部门编码",
    "部门名称",
    "合计预算数",
    "合计决算数",
    "因公出国（境）费预算数",
    "因公出国（境）费决算数",
    "公务用车购置费预算数",
    "公务用车购置费决算数",
    "公务用车运行维护费预算数",
    "公务用车运行维护费决算数",
    "公务接待费预算数",
    "公务接待费决算数",
    "增减变化说明",
)


def _three_public() -> bytes:
    rng = dice("czj three public")
    cells: list[list[Any]] = [[f"部门“三公”经费预决算情况{LABEL}"], ["单位：万元"]]
    cells.append(list(_THREE))
    totals = [0.0] * 10
    for year in _ACCOUNTS:
        for number, department in enumerate(words("departments")):
            abroad = (
                rng.choice((0, 0, 0, 0, 3, 5)) if year not in (2020, 2021, 2022) else 0
            )
            cars = 18 if rng.random() < 0.05 else 0
            running, guests = rng.randint(0, 24) / 2, rng.randint(1, 20) / 2
            pairs: list[float] = []
            for budget in (abroad, cars, running, guests):
                pairs += [budget, round_to(budget * rng.uniform(0.55, 1), 0.01)]
            pairs = [
                round_to(sum(pairs[0::2]), 0.01),
                round_to(sum(pairs[1::2]), 0.01),
                *pairs,
            ]
            totals = [round_to(a + b, 0.01) for a, b in zip(totals, pairs, strict=True)]
            amounts: list[Any] = list(pairs)
            if number == year % 7:
                amounts[6] = full_width(amounts[6])
            why = "压减公务接待，决算数小于预算数" if pairs[9] < pairs[8] else ""
            cells.append(
                [f"{year}年", department["code"], department["name"], *amounts, why]
            )
    cells += [["合计", "", "", *totals], [], ["注：没有数据的填0。"]]
    return csv_bytes(cells, "gb18030")


FILES = (
    DropFile("czj/部门预算支出汇总表（示例数据）.xlsx", _budget_book),
    DropFile("czj/部门三公经费预决算（示例数据）.csv", _three_public),
    DropFile(
        "czj/国家财政主要收入项目.csv", partial(nbs_csv, "national_revenue", "utf-8")
    ),
)
