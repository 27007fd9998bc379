"""Tables as they were really published: vaccine tenders, yearbook tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.harvest.extract import Extract

from gpo_harvesters import tabular

REAL = Path(__file__).parents[3] / "shared" / "realdata" / "cn"


def _read(name: str, wanted: list[str], sheet: str | None = None) -> Extract:
    path = REAL / name
    if not path.is_file():
        pytest.skip(f"{path} is not on this machine")
    return tabular.read(path, path.name, wanted, sheet, 64 << 20)


def _cells(extract: Extract) -> list[list[Any]]:
    return [list(cells) for _, cells in extract.rows]


def test_two_levels_of_merged_headers_and_a_title() -> None:
    """Tianjin 2018: title, then two rows of header with four merges."""
    extract = _read(
        "food_drug/vaccine_tender_天津市2018.xlsx",
        ["目录序号", "产品名称（中文）", "批准文号", "拟中标/拟中选价格（单位：元）"],
    )
    rows = _cells(extract)
    assert len(rows) == 64
    assert rows[0] == [1, "A群C群脑膜炎球菌多糖结合疫苗", "国药准字S20070018", "77"]


def test_names_merged_over_many_rows() -> None:
    """Yunnan 2016: 53 merges downwards."""
    extract = _read(
        "food_drug/vaccine_tender_云南省2016.xlsx",
        ["剂型序号", "名称", "入围候选人名称", "入围价（元）"],
    )
    rows = _cells(extract)
    assert len(rows) == 108
    assert all(row[1] for row in rows)
    assert rows[1][:3] == [
        1,
        "甲型肝炎灭活疫苗（人二倍体细胞），0.5ml/支，西林瓶",
        "北京科兴生物制品有限公司",
    ]


def test_title_above_and_note_below() -> None:
    """Anhui: a title, an unlabelled last column, a merged note at the end."""
    extract = _read(
        "food_drug/vaccine_tender_安徽省.xlsx",
        ["产品序号", "通用名", "剂型", "规格", "价格(元)"],
    )
    numbers = list(extract.rows)
    assert numbers[0][0] == 3
    assert len(numbers) == 123
    assert extract.facts["left_out"] == {"notes": 1}


def test_blank_row_between_title_and_header() -> None:
    extract = _read(
        "food_drug/vaccine_tender_江苏省.xlsx", ["目录编号", "产品编号", "报价（元）"]
    )
    assert next(extract.rows) == (4, ["EL001", "CN00000164", 65])


def test_a_clean_sheet_among_empty_ones() -> None:
    extract = _read(
        "food_drug/vaccine_tender_辽宁省2017.xlsx", ["商品流水号"], "审核通过产品"
    )
    assert len(_cells(extract)) == 120


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("culture/nbs_文化__公共图书馆基本情况__公共图书馆.csv", "公共图书馆总藏量"),
        (
            "budget/nbs_财政__中央和地方财政主要收入项目__国家财政主要收入项目.csv",
            "国家关税",
        ),
        ("safety/nbs_公共管理、社会保障及其他__火灾事故__火灾发生数.csv", "火灾发生数"),
    ],
)
def test_yearbook_tables_with_a_blank_first_label(name: str, column: str) -> None:
    extract = _read(name, ["", column])
    rows = _cells(extract)
    assert len(rows) == 37
    assert all(str(row[0]).endswith("年") for row in rows)


def test_gbk_and_bom() -> None:
    extract = _read("environment/beijing_stations_GBK.csv", ["监测点"])
    assert extract.facts["encoding"] == "gb18030"
    extract = _read("food_drug/vaccine_prices_北京市_BOM.csv", ["name", "price"])
    assert extract.facts["encoding"] == "utf-8-sig"
