"""Files as departments send them: what is read, what is left out, what is refused."""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ckanext.gpo.harvest.extract import Extract
from ckanext.gpo.harvest.failures import HarvestError

from gpo_harvesters import tabular

MIB = 1 << 20
WANTED = ["机构编码", "名称", "座位数"]

Read = Callable[..., Extract]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read the declared columns from it."""

    def run(
        content: bytes | str | openpyxl.Workbook,
        wanted: Sequence[str] = WANTED,
        sheet: str | None = None,
        unpacked: int = 64 * MIB,
    ) -> Extract:
        path = tmp_path / "报表"
        if isinstance(content, openpyxl.Workbook):
            content.save(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tabular.read(path, "报表", wanted, sheet, unpacked)

    return run


def _book(rows: Sequence[Sequence[Any]], *merged: str) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "免费开放"
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    return book


def _code(read: Read, *args: Any, **options: Any) -> HarvestError:
    with pytest.raises(HarvestError) as raised:
        list(read(*args, **options).rows)
    return raised.value


CSV = "机构编码,名称,座位数\nT01,示例馆,１２０\nT02,示例站,80\n"
ROWS = [(2, ["T01", "示例馆", "１２０"]), (3, ["T02", "示例站", "80"])]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CSV.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CSV.encode(), "utf-8-sig"),
        (CSV.encode("gb18030"), "gb18030"),
        (CSV.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        (CSV.replace(",", "\t").encode("utf-16"), "utf-16"),
    ],
)
def test_csv_in_the_encodings_of_offices(
    content: bytes, encoding: str, read: Read
) -> None:
    extract = read(content)
    assert list(extract.rows) == ROWS
    assert extract.facts["encoding"] == encoding
    assert extract.label == "报表"


def test_encoding_is_found_across_chunks(read: Read) -> None:
    """A character cut by the reader's chunks is no fault, in either encoding."""
    body = "".join(f"T{i:05},示例馆{i}号,{i}\n" for i in range(20_000))
    for encoding in ("utf-8", "gb18030"):
        extract = read((CSV + body).encode(encoding))
        assert extract.facts["encoding"] == encoding
        assert sum(1 for _ in extract.rows) == 20_002


@pytest.mark.parametrize("lines", [1, 30_000])
def test_a_damaged_utf8_file_is_not_taken_for_gb18030(lines: int, read: Read) -> None:
    good = (CSV + "T03,示例馆,1\n" * lines).encode()
    error = _code(read, good + "坏".encode()[:2] + b",x,1\n")
    assert error.code == "source-encoding-unknown"
    assert error.facts["position"] == len(good)
    assert error.facts["line"] == 4 + lines
    assert error.facts["encoding"] == "utf-8"


def test_undecodable_bytes_are_named_with_position_and_line(read: Read) -> None:
    good = CSV.encode("gb18030")
    error = _code(read, good + b"T03,\xff\xff,1\n")
    assert error.code == "source-encoding-unknown"
    assert (error.facts["position"], error.facts["line"]) == (len(good) + 4, 4)


def test_what_stands_around_the_table_is_left_out(read: Read) -> None:
    extract = read(
        "天宁区公共文化机构免费开放情况表,,\n填报单位：示例局,,2026年\n,,\n"
        "机构 编码,名　称,座位数\nT01,示例馆,120\n,,\n机构编码,名称,座位数\n"
        "小计,,120\nT02,示例站,80\n合 计：,,200\n注：1.示例数据。,,\n2.不含社区。,,\n"
        "制表人：,办公室,审核：\n"
    )
    assert list(extract.rows) == [
        (5, ["T01", "示例馆", "120"]),
        (9, ["T02", "示例站", "80"]),
    ]
    assert extract.facts["left_out"] == {
        "blank": 1,
        "headers": 1,
        "totals": 2,
        "notes": 3,
    }


def test_columns_are_taken_by_label_in_any_order(read: Read) -> None:
    extract = read("座位数(个),备注,名称\n1,x,甲\n", ["名称", "座位数（个）"])
    assert list(extract.columns) == ["名称", "座位数（个）"]
    assert list(extract.rows) == [(2, ["甲", "1"])]


def test_the_column_without_a_label_is_the_first_such(read: Read) -> None:
    extract = read(",机构数,\n1978年,1218,\n", ["", "机构数"])
    assert list(extract.rows) == [(2, ["1978年", "1218"])]


def test_ditto_marks_take_the_value_above(read: Read) -> None:
    extract = read("机构编码,名称,座位数\nT1,甲,1\nT2,同上,〃\nT3,同 上,2\n")
    assert [cells for _, cells in extract.rows] == [
        ["T1", "甲", "1"],
        ["T2", "甲", "1"],
        ["T3", "甲", "2"],
    ]


def test_short_rows_are_filled_up_and_long_ones_refused(read: Read) -> None:
    assert list(read("机构编码,名称,座位数\nT1,甲\n").rows) == [(2, ["T1", "甲", None])]
    assert list(read("机构编码,名称,座位数\nT1,甲,1,,\n").rows)
    error = _code(read, "机构编码,名称,座位数\nT0,甲,1\nT1,甲,乙,1\n")
    assert error.code == "source-row-too-long"
    assert (error.facts["row"], error.facts["cells"]) == (3, 4)


@pytest.mark.parametrize("levels", [0, 1, 3])
def test_xlsx_with_titles_and_a_merged_header(levels: int, read: Read) -> None:
    titles = [["免费开放情况表"]] * levels
    extract = read(
        _book(
            [
                *titles,
                ["序号", "机构编码", "开放时间", None, "电话"],
                [None, None, "工作日", "周末", None],
                [1, "T01", "9:00-17:00", "9:00-21:00", "0519-00000000"],
            ],
            *(f"A{n}:E{n}" for n in range(1, levels + 1)),
            f"C{levels + 1}:D{levels + 1}",
            f"A{levels + 1}:A{levels + 2}",
        ),
        ["机构编码", "开放时间/工作日", "周末", "电话"],
    )
    assert list(extract.rows) == [
        (levels + 3, ["T01", "9:00-17:00", "9:00-21:00", "0519-00000000"])
    ]
    assert extract.label == "报表 · 免费开放"


def test_a_merged_header_saved_as_csv_reads_alike(read: Read) -> None:
    extract = read(
        "机构编码,开放时间,,电话\n,工作日,周末,\nT01,早,晚,1\n",
        ["机构编码", "开放时间/工作日", "开放时间/周末"],
    )
    assert list(extract.rows) == [(3, ["T01", "早", "晚"])]


def test_a_lower_label_under_two_upper_ones_is_ambiguous(read: Read) -> None:
    content = "编码,预算,,决算,\n,金额,人数,金额,人数\nT01,1,2,3,4\n"
    error = _code(read, content, ["编码", "金额"])
    assert error.code == "source-column-ambiguous"
    extract = read(content, ["编码", "决算/金额"])
    assert list(extract.rows) == [(3, ["T01", "3"])]


def test_cells_merged_downwards_count_for_all_their_rows(read: Read) -> None:
    extract = read(
        _book(
            [
                WANTED,
                ["T01", "示例馆", 1],
                [None, None, 2],
                [None, "示例站", 3],
                ["T02", None, 4],
            ],
            "A2:A4",
            "B2:B3",
        )
    )
    assert [cells for _, cells in extract.rows] == [
        ["T01", "示例馆", 1],
        ["T01", "示例馆", 2],
        ["T01", "示例站", 3],
        ["T02", None, 4],
    ]


def test_xlsx_cells_keep_their_types(read: Read) -> None:
    opened = datetime.fromisoformat("2017-03-05")
    extract = read(_book([["a", "b", "c"], [1.5, opened, True]]), ["a", "b", "c"])
    assert list(extract.rows) == [(2, [1.5, opened, True])]
    assert extract.epoch == datetime.fromisoformat("1899-12-30")


def test_the_first_visible_sheet_is_read_unless_one_is_named(read: Read) -> None:
    book = _book([["x"]])
    book.active.sheet_state = "hidden"
    second = book.create_sheet("数据")
    second.append(WANTED)
    second.append(["T01", "甲", 1])
    assert read(book).label == "报表 · 数据"
    assert read(book, sheet=" 数据").label == "报表 · 数据"
    error = _code(read, book, sheet="2026年")
    assert error.code == "source-sheet-missing"
    assert error.facts["sheets"] == "免费开放、数据"


def test_an_xlsx_named_csv_is_read_for_what_it_is(read: Read) -> None:
    assert list(read(_book([WANTED, ["T1", "甲", 1]])).rows)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "source-file-empty"),
        (b"\n\n\n", "source-header-missing"),
        ("编号,单位\n1,2\n", "source-header-missing"),
        ("机构编码,名称,座位\n1,2,3\n", "source-column-missing"),
        ("机构编码,名称,座位数,座位数\n1,2,3,4\n", "source-column-ambiguous"),
        (b"PK\x03\x04 and then nothing", "source-file-unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "source-file-unreadable"),
    ],
)
def test_what_cannot_be_read_has_its_code(content: Any, code: str, read: Read) -> None:
    assert _code(read, content).code == code


def test_a_cell_without_end_is_unreadable(read: Read) -> None:
    usual = csv.field_size_limit(1000)
    try:
        error = _code(read, CSV + 'T03,"' + "长" * 2000)
    finally:
        csv.field_size_limit(usual)
    assert error.code == "source-file-unreadable"


def test_a_missing_column_is_named_with_those_that_are_there(read: Read) -> None:
    error = _code(read, "机构编码,名称,座位,备注\n1,2,3,4\n")
    assert error.facts["columns"] == "座位数"
    assert error.facts["found"] == "机构编码、名称、座位、备注"


def test_a_header_alone_is_a_table_without_rows(read: Read) -> None:
    assert list(read("机构编码,名称,座位数\n").rows) == []


def test_an_xlsx_with_a_broken_sheet_is_unreadable(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "whole.xlsx"
    _book([WANTED]).save(path)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if "sheet1" in name:
                content = content[: len(content) // 2]
            target.writestr(name, content)
    assert _code(read, broken.read_bytes()).code == "source-file-unreadable"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    read: Read, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * (3 * MIB))
    error = _code(read, bomb.read_bytes(), unpacked=2 * MIB)
    assert error.code == "source-file-too-large"
    assert error.facts["limit"] == 2


def test_entities_in_an_xlsx_are_not_expanded(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "entities.xlsx"
    _book([WANTED, ["T1", "甲", 1]]).save(path)
    content = tmp_path / "evil.xlsx"
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if "sheet1" in name:
                text = text.replace(
                    "<worksheet",
                    f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><worksheet',
                    1,
                )
                text = text.replace(
                    "</sheetData>",
                    '<row r="3"><c r="A3" t="inlineStr"><is><t>&a11;</t></is></c></row>'
                    "</sheetData>",
                )
            target.writestr(name, text)
    assert _code(read, content.read_bytes()).code == "source-file-unreadable"
