"""JSON, XML, HTML, SpreadsheetML, ODS and tables of databases."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from decimal import Decimal

import dbf
import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake import kinds
from ckanext.gpo.intake.grid import DisplayedCell, Merge
from ckanext.gpo.intake.steps import IntakeError

from .reading import codes, open_grid, table

RECORDS = [{"编号": "001", "名称": "甲", "金额": 9.5}, {"编号": "002", "数量": 3}]
TABLE = [
    ["编号", "名称", "金额", "数量"],
    ["001", "甲", 9.5, None],
    ["002", None, None, 3],
]


def write(folder, content: str | bytes, name: str = "file"):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# JSON


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_records(encoding, tmp_path):
    text = json.dumps(RECORDS, ensure_ascii=False)
    grid, rows = open_grid(write(tmp_path, text.encode(encoding)), tmp_path)
    assert (grid.kind, table(rows)) == ("json", TABLE)


def test_records_on_one_long_line(tmp_path):
    records = [{"编号": str(n), "说明": "示例" * 200} for n in range(500)]
    text = json.dumps(records, ensure_ascii=False)
    limits = kinds.Limits(record=10_000_000)
    _, rows = open_grid(write(tmp_path, text), tmp_path, limits=limits)
    assert len(rows) == 501


def test_arrays_are_rows(tmp_path):
    text = json.dumps([["编号", "名称"], ["1", "甲"]])
    _, rows = open_grid(write(tmp_path, text), tmp_path)
    assert table(rows) == [["编号", "名称"], ["1", "甲"]]


def test_numbers_keep_their_digits(tmp_path):
    text = '[{"甲": 0.1234567890123456789, "乙": 320102199001011234, "丙": 1e3}]'
    _, rows = open_grid(write(tmp_path, text), tmp_path)
    assert rows[1][1] == [Decimal("0.1234567890123456789"), 320102199001011234, 1000]


def test_the_only_list_of_records_is_found_and_named(tmp_path):
    text = json.dumps({"code": 200, "data": {"rows": RECORDS, "tags": ["a"]}})
    grid, rows = open_grid(write(tmp_path, text), tmp_path)
    assert table(rows) == TABLE
    assert [(s.code, s.facts) for s in grid.steps] == [
        ("records-found", {"path": "data/rows"})
    ]


def test_one_of_several_lists_is_declared(tmp_path):
    path = write(tmp_path, json.dumps({"a": RECORDS, "b": {"c": RECORDS[:1]}}))
    with pytest.raises(IntakeError) as caught:
        open_grid(path, tmp_path)
    assert (caught.value.code, caught.value.facts) == (
        "path-undeclared",
        {"paths": "a、b/c"},
    )
    grid, rows = open_grid(path, tmp_path, path="b/c")
    assert (table(rows)[1], codes(grid)) == (["001", "甲", 9.5], [])
    with pytest.raises(IntakeError, match="path-missing"):
        open_grid(path, tmp_path, path="b/d")


def test_features(tmp_path):
    point = {"type": "Point", "coordinates": [119.97, 31.78]}
    feature = {"type": "Feature", "properties": {"名称": "甲"}, "geometry": point}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    grid, rows = open_grid(write(tmp_path, text), tmp_path)
    assert grid.kind == "geojson"
    assert table(rows)[0] == ["名称", "geometry"]
    assert json.loads(table(rows)[1][1]) == point


def test_nested_records_have_labels_of_two_levels(tmp_path):
    text = json.dumps([{"编号": 1, "地址": {"街道": "红梅"}, "标签": ["甲", "乙"]}])
    _, rows = open_grid(write(tmp_path, text), tmp_path)
    assert table(rows) == [["编号", "地址/街道", "标签"], [1, "红梅", '["甲", "乙"]']]


def test_a_record_a_line(tmp_path):
    text = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
    grid, rows = open_grid(write(tmp_path, text + "\n"), tmp_path)
    assert (grid.kind, table(rows)) == ("ndjson", TABLE)
    assert [number for number, _ in rows] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a": 1}, {"a": 2', "file-cut"),
        ('{"a": 1}\n{"a": 2}\n{"a": 3', "file-cut"),
        ('{"a": 1}\n{"a": 2}\n{"a" 3}\n', "json-malformed"),
        ('[{"a": 1}, {"a" 2}]', "json-malformed"),
        ('[{"a": 1}, 2]', "records-mixed"),
        ("[1, 2, 3]", "records-missing"),
        ('{"a": 1}', "records-missing"),
    ],
)
def test_json_that_is_refused(text, code, tmp_path):
    with pytest.raises(IntakeError) as caught:
        open_grid(write(tmp_path, text), tmp_path)
    assert caught.value.code == code


@given(
    records=st.lists(
        st.dictionaries(
            st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1),
            st.none()
            | st.booleans()
            | st.integers()
            | st.text(
                st.characters(codec="utf-8", exclude_characters="\0"), min_size=1
            ),
            min_size=1,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_records_come_back(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("json")
    _, rows = open_grid(write(folder, json.dumps(records)), folder)
    (_, labels), *others = rows
    back = [
        {
            label: cell
            for label, cell in zip(labels, cells, strict=True)
            if cell is not None
        }
        for _, cells in others
    ]
    assert back == [{k: v for k, v in r.items() if v is not None} for r in records]


# XML

XML = """<?xml version="1.0" encoding="{0}"?>
<response><code>0</code><data><row id="1"><名称>甲</名称><a><b>2</b></a></row>
<row id="2"><名称>乙</名称></row></data></response>"""


@pytest.mark.parametrize("path", ["data/row", "response/data/row", "response/data"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_xml_by_its_path(path, encoding, tmp_path):
    file = write(tmp_path, XML.format(encoding).encode(encoding))
    _, rows = open_grid(file, tmp_path, path=path)
    assert table(rows) == [["id", "名称", "a/b"], ["1", "甲", "2"], ["2", "乙", None]]


@pytest.mark.parametrize(
    ("text", "code", "declared"),
    [
        (XML.format("utf-8"), "path-undeclared", ""),
        (XML.format("utf-8"), "path-missing", "data/rows"),
        (XML.format("utf-8")[:-20], "xml-malformed", "data/row"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml-entities", "a"),
    ],
)
def test_xml_that_is_refused(text, code, declared, tmp_path):
    with pytest.raises(IntakeError) as caught:
        open_grid(write(tmp_path, text), tmp_path, path=declared)
    assert caught.value.code == code


def test_likely_paths_are_named(tmp_path):
    with pytest.raises(IntakeError) as caught:
        open_grid(write(tmp_path, XML.format("utf-8")), tmp_path)
    assert caught.value.facts == {"paths": "response/data/row"}


# HTML


def test_html_with_spans_breaks_and_hidden_rows(tmp_path):
    page = """<html><body><table>
      <tr><th rowspan=2>编号</th><th colspan="2">金额</th></tr>
      <tr><th>预算</th><th>决算</th></tr>
      <tr><td>001</td><td>1,234.50</td><td> 甲<br>乙&nbsp;</td></tr>
      <tr style="display: none"><td>002</td></tr></table></body></html>"""
    grid, rows = open_grid(write(tmp_path, page), tmp_path)
    assert table(rows) == [
        ["编号", "金额"],
        [None, "预算", "决算"],
        ["001", "1,234.50", "甲\n乙"],
        ["002"],
    ]
    assert grid.merges == [Merge(1, 1, 2, 1), Merge(1, 2, 1, 3)]
    assert codes(grid) == ["rows-hidden"]


def test_a_page_without_a_table(tmp_path):
    with pytest.raises(IntakeError, match="file-web-page"):
        open_grid(write(tmp_path, "<html><body>请登录</body></html>"), tmp_path)


# SpreadsheetML

SPREADSHEETML = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="000"/></Style></Styles>
<Worksheet ss:Name="表"><Table><Column/><Column ss:Hidden="1"/>
<Row><Cell><Data ss:Type="String">编号</Data></Cell><Cell><Data ss:Type="String">名称</Data>
</Cell></Row>
<Row ss:Index="3"><Cell ss:StyleID="s1"><Data ss:Type="Number">1</Data></Cell>
<Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data>
</Cell><Cell><Data ss:Type="Error">#REF!</Data></Cell>
<Cell ss:Formula="=1+1"></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="底稿"><Table/><WorksheetOptions
 xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>
</WorksheetOptions></Worksheet></Workbook>"""


def test_spreadsheetml(tmp_path):
    grid, rows = open_grid(write(tmp_path, SPREADSHEETML), tmp_path)
    assert rows == [
        (1, ["编号", "名称"]),
        (3, [DisplayedCell(1, "001"), None, date(2026, 3, 5), None, "#REF!"]),
    ]
    assert grid.merges == [Merge(3, 3, 3, 4)]
    assert codes(grid) == [
        "sheets-hidden-ignored",
        "columns-hidden",
        "error-values",
        "formula-without-value",
    ]


# ODS

ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><style:style style:name="h" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="底稿" table:style-name="h"><table:table-row>
<table:table-cell office:value-type="string"><text:p>内部</text:p></table:table-cell>
</table:table-row></table:table>
<table:table table:name="表"><table:table-column table:number-columns-repeated="3"/>
<table:table-column table:visibility="collapse"/>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>编<text:s text:c="2"/>号</text:p>
</table:table-cell>
<table:table-cell office:value-type="float" office:value="1"><text:p>001</text:p>
<office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-03-05">
<text:p>2026-03-05</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>甲</text:p><text:p>乙</text:p>
</table:table-cell></table:table-row>
<table:table-row table:visibility="filter" table:number-rows-repeated="2">
<table:table-cell office:value-type="percentage" office:value="0.5"
 table:number-rows-spanned="2"><text:p>50%</text:p></table:table-cell>
<table:table-cell table:formula="of:=1/0" office:value-type="string">
<text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT08H30M00S">
<text:p>08:30</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row table:number-rows-repeated="1048573">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_open_document(tmp_path):
    path = tmp_path / "table.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
    grid, rows = open_grid(path, tmp_path)
    first, second, third = table(rows)
    assert first == ["编  号", DisplayedCell(1, "001"), date(2026, 3, 5), "甲\n乙"]
    assert second == third
    assert second[:2] == [DisplayedCell(Decimal("0.5"), "50%"), "#DIV/0!"]
    assert str(second[2]) == "08:30:00"
    assert (grid.sheet, grid.merges) == ("表", [Merge(2, 1, 3, 1)])
    assert [(e.code, e.count) for e in [*grid.steps, *grid.findings]] == [
        ("sheets-hidden-ignored", 1),
        ("comments-ignored", 1),
        ("blank-range-ignored", 1_048_573),
        ("columns-hidden", 1),
        ("error-values", 1),
        ("rows-filtered", 2),
    ]


# Databases


def test_sqlite(tmp_path):
    path = tmp_path / "data.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute('CREATE TABLE "表""一" (编号 TEXT, 金额 REAL, 数量 INTEGER)')
        database.execute('INSERT INTO "表""一" VALUES (?, ?, ?)', ("001", 9.5, None))
        database.execute("CREATE VIEW 视图 AS SELECT 1")
    grid, rows = open_grid(path, tmp_path)
    assert (grid.kind, grid.sheet) == ("sqlite", '表"一')
    assert table(rows) == [["编号", "金额", "数量"], ["001", 9.5, None]]


def test_a_column_of_pictures(tmp_path):
    path = tmp_path / "data.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE 表 (编号 TEXT, 照片 BLOB)")
        database.execute("INSERT INTO 表 VALUES ('001', x'FFD8')")
    with pytest.raises(IntakeError) as caught:
        open_grid(path, tmp_path)
    assert (caught.value.code, caught.value.facts) == ("cell-binary", {"label": "照片"})


def test_parquet(tmp_path):
    path = tmp_path / "data"
    duckdb.sql(
        "SELECT '001' AS 编号, 9.50::DECIMAL(8, 2) AS 金额, DATE '2026-03-05' AS 日期, "
        "[1, 2] AS 清单"
    ).write_parquet(str(path))
    grid, rows = open_grid(path, tmp_path)
    assert grid.kind == "parquet"
    assert table(rows)[1] == ["001", Decimal("9.50"), date(2026, 3, 5), "[1, 2]"]


@pytest.mark.parametrize(
    ("codepage", "language"), [("cp936", None), ("cp936", 0), ("utf8", 0)]
)
def test_dbase(codepage, language, tmp_path):
    path = tmp_path / "data.dbf"
    columns = "CODE C(10); NAME C(40); AMOUNT N(12,2); DAY D"
    with dbf.Table(str(path), columns, codepage=codepage).open(dbf.READ_WRITE) as file:
        file.append(("001", "天宁区一号工程", 1234.5, date(2026, 3, 5)))
        file.append(("002", "已删除", None, None))
        dbf.delete(file[1])
        file.append(("003", None, None, None))
    if language is not None:
        content = bytearray(path.read_bytes())
        content[29] = language
        path.write_bytes(bytes(content))
    grid, rows = open_grid(path, tmp_path)
    assert table(rows) == [
        ["CODE", "NAME", "AMOUNT", "DAY"],
        ["001", "天宁区一号工程", 1234.5, date(2026, 3, 5)],
        ["003", None, None, None],
    ]
    assert "records-deleted-ignored" in codes(grid)


@pytest.mark.parametrize("kind", ["sqlite", "parquet"])
def test_damaged_databases(kind, tmp_path):
    path = tmp_path / "data"
    if kind == "sqlite":
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("CREATE TABLE 表 AS SELECT 1 AS 编号")
    else:
        duckdb.sql("SELECT 1 AS 编号").write_parquet(str(path))
    content = path.read_bytes()
    path.write_bytes(content[:90] + b"\xff" * (len(content) - 90))
    with pytest.raises(IntakeError, match="file-damaged"):
        open_grid(path, tmp_path)
