"""Tables as they were really published: vaccine tenders, yearbook tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake import CleanTable, Declaration, Limits, read

REAL = Path(__file__).parents[4] / "shared" / "realdata" / "cn"


@pytest.fixture
def read_real(tmp_path: Path):
    def run(name: str, labels: list[str], sheet: str = "") -> CleanTable:
        path = REAL / name
        if not path.is_file():
            pytest.skip(f"{path} is not on this machine")
        names = {f"c{number}": label for number, label in enumerate(labels)}
        fields = [{"name": name, "title": name, "type": "string"} for name in names]
        table = Table(
            "real", {"name": "real", "schema": {"fields": fields, "primaryKey": "c0"}}
        )
        declaration = Declaration(columns=names, sheet=sheet)
        return read(path, table, declaration, tmp_path, Limits())

    return run


def _cells(clean: CleanTable) -> list[list[str]]:
    with clean.path.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))[1:]


def test_two_levels_of_merged_headers_and_a_title(read_real) -> None:
    """Tianjin 2018: title, then two rows of header with four merges."""
    clean = read_real(
        "food_drug/vaccine_tender_天津市2018.xlsx",
        ["目录序号", "产品名称（中文）", "批准文号", "拟中标/拟中选价格（单位：元）"],
    )
    rows = _cells(clean)
    assert len(rows) == 64
    assert rows[0] == ["1", "A群C群脑膜炎球菌多糖结合疫苗", "国药准字S20070018", "77"]


def test_names_merged_over_many_rows(read_real) -> None:
    """Yunnan 2016: 53 merges downwards."""
    clean = read_real(
        "food_drug/vaccine_tender_云南省2016.xlsx",
        ["剂型序号", "名称", "入围候选人名称", "入围价（元）"],
    )
    rows = _cells(clean)
    assert len(rows) == 108
    assert all(row[1] for row in rows)
    assert rows[1][:3] == [
        "1",
        "甲型肝炎灭活疫苗（人二倍体细胞），0.5ml/支，西林瓶",
        "北京科兴生物制品有限公司",
    ]


def test_title_above_and_note_below(read_real) -> None:
    """Anhui: a title, an unlabelled last column, a merged note at the end."""
    clean = read_real(
        "food_drug/vaccine_tender_安徽省.xlsx",
        ["产品序号", "通用名", "剂型", "规格", "价格(元)"],
    )
    assert clean.source_row(2) == 3
    assert clean.rows == 123
    assert {"rows-above", "rows-note"} <= {step.code for step in clean.steps}


def test_blank_row_between_title_and_header(read_real) -> None:
    clean = read_real(
        "food_drug/vaccine_tender_江苏省.xlsx", ["目录编号", "产品编号", "报价（元）"]
    )
    assert clean.source_row(2) == 4
    assert _cells(clean)[0] == ["EL001", "CN00000164", "65"]


def test_a_clean_sheet_among_empty_ones(read_real) -> None:
    clean = read_real(
        "food_drug/vaccine_tender_辽宁省2017.xlsx", ["商品流水号"], "审核通过产品"
    )
    assert len(_cells(clean)) == 120


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
def test_yearbook_tables_with_a_blank_first_label(
    name: str, column: str, read_real
) -> None:
    clean = read_real(name, ["", column])
    rows = _cells(clean)
    assert len(rows) == 37
    assert all(str(row[0]).endswith("年") for row in rows)


def test_gbk_and_bom(read_real) -> None:
    clean = read_real("environment/beijing_stations_GBK.csv", ["监测点"])
    assert clean.encoding == "gb18030"
    clean = read_real("food_drug/vaccine_prices_北京市_BOM.csv", ["name", "price"])
    assert clean.encoding == "utf-8"
