"""Download files: what a spreadsheet and a program get, and that nothing is lost."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from frictionless import Package, system
from frictionless.resources import TableResource
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ckanext.gpo import intake
from ckanext.gpo.common import formulas, spreadsheets
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.publication import files, rowstore, workbook
from ckanext.gpo.quality.publication.datapackage import Origin

from tests.effort import times

ABOUT = Origin(
    publisher="财政局",
    address="https://data.example.org/dataset/budget-probe",
    version=3,
    created="2026-11-23T09:00:00+08:00",
    license={
        "name": "CC-BY-4.0",
        "title": "知识共享署名",
        "path": "https://cc.example",
    },
)

FIELDS = [
    {"name": "item", "title": "项目", "type": "string"},
    {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
    {"name": "count", "title": "数量", "type": "integer"},
    {"name": "day", "title": "日期", "type": "date", "format": "%Y/%m/%d"},
    {"name": "moment", "title": "时间", "type": "datetime"},
    {"name": "final", "title": "决算", "type": "boolean", "trueValues": ["是"]},
]


def probe(*fields: dict[str, Any]) -> Table:
    schema = {"fields": list(fields or FIELDS), "missingValues": ["", "无"]}
    return Table(
        "budget",
        {
            "name": "probe",
            "title": "样表:收入/支出",
            "description": "一行是一个项目。",
            "schema": schema,
        },
    )


def spooled(
    table: Table, rows: Iterable[Sequence[str]], folder: Path, end: str = "\r\n"
) -> Path:
    spool = folder / "rows.csv"
    with spool.open("w", newline="", encoding="utf-8") as target:
        # With "\n" alone Python does not quote a carriage return, which a spool has to.
        quoting = csv.QUOTE_ALL if end == "\n" else csv.QUOTE_MINIMAL
        writer = csv.writer(target, lineterminator=end, quoting=quoting)
        writer.writerow([field["name"] for field in table.fields])
        writer.writerows(rows)
    return spool


def built(
    table: Table, rows: Iterable[Sequence[str]], folder: Path, end: str = "\r\n"
) -> dict[str, Path]:
    return files.build(table, spooled(table, rows, folder, end), folder, ABOUT)


FIRST = [
    "=cmd|' /C calc'!A1",
    "-12.50",
    "7",
    "2026-11-23",
    "2026-11-23T09:00:00",
    "true",
]
SECOND = ["教育支出", "", "", "", "", "false"]


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    return built(probe(), [FIRST, SECOND], tmp_path)


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(paths: dict[str, Path]):
    assert paths["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    with paths["csv"].open(encoding="utf-8-sig", newline="") as source:
        header, first, second = csv.reader(source)
    assert header == [field["title"] for field in FIELDS]
    assert first == [f"'{FIRST[0]}", *FIRST[1:]]
    assert second == SECOND


def test_a_title_is_no_formula_either(tmp_path: Path):
    table = probe({"name": "x", "title": "=1+1", "type": "string"})

    path = built(table, [["值"]], tmp_path)["csv"]

    assert path.read_text("utf-8-sig").splitlines()[0] == "'=1+1"


def test_xlsx_is_typed_and_runs_nothing(paths: dict[str, Path]):
    sheet = openpyxl.load_workbook(paths["xlsx"]).active
    assert sheet is not None
    titles = ["项目", "金额（万元）", "数量", "日期", "时间", "决算"]
    assert [cell.value for cell in sheet[1]] == titles
    assert sheet.title == "样表 收入 支出"
    assert sheet.freeze_panes == "A2"
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d", "d", "b"]
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in sheet[3]] == [SECOND[0], *[None] * 4, False]
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


def test_a_long_table_goes_on_in_a_further_sheet(tmp_path: Path):
    table = probe({"name": "n", "title": "序号", "type": "integer"})
    spool = spooled(table, ([str(number)] for number in range(5)), tmp_path)

    with rowstore.open_rows(spool, table, tmp_path) as rows:
        workbook.write(table, rows, tmp_path / "x.xlsx", rows_of_a_sheet=2)

    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == [
        "样表 收入 支出",
        "样表 收入 支出(2)",
        "样表 收入 支出(3)",
    ]
    found = [[row[0].value for row in sheet] for sheet in book]
    assert found == [["序号", 0, 1], ["序号", 2, 3], ["序号", 4]]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}


def test_columns_of_one_title_are_told_apart(tmp_path: Path):
    fields = [{"name": n, "title": "名称", "type": "string"} for n in ("a", "b")]

    path = built(probe(*fields), [["x", "y"]], tmp_path)["xlsx"]

    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["名称", "名称（b）"]
    assert [cell.value for cell in sheet[2]] == ["x", "y"]


@pytest.mark.parametrize("text", ["长" * 40_000, "😀" * 20_000], ids=["bmp", "astral"])
def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis(tmp_path: Path, text: str):
    table = probe({"name": "x", "title": "全文", "type": "string"})

    paths = built(table, [[text], ["短"]], tmp_path)

    sheet = openpyxl.load_workbook(paths["xlsx"]).active
    assert sheet is not None
    shown = sheet["A2"].value
    assert len(shown.encode("utf-16-le")) // 2 <= spreadsheets.LONGEST_CELL
    assert shown.endswith("…")
    assert json.loads(paths["json"].read_text("utf-8"))[0]["x"] == text


def test_json_is_a_list_of_records(paths: dict[str, Path]):
    records = json.loads(paths["json"].read_text("utf-8"), parse_float=Decimal)

    names = [field["name"] for field in FIELDS]
    values = [FIRST[0], Decimal("-12.50"), 7, FIRST[3], FIRST[4], True]
    assert records == [
        dict(zip(names, values, strict=True)),
        dict.fromkeys(names) | {"item": SECOND[0], "final": False},
    ]


def test_json_is_read_by_pandas_and_frictionless(paths: dict[str, Path]):
    names = [field["name"] for field in FIELDS]

    frame = pd.read_json(paths["json"], convert_dates=False)
    with system.use_context(trusted=True):
        rows = TableResource(path=str(paths["json"])).read_rows()

    assert list(frame.columns) == names
    assert list(frame["count"].dropna()) == [7]
    assert [list(row) for row in rows] == [names, names]
    assert [row["item"] for row in rows] == [FIRST[0], SECOND[0]]


def test_json_of_no_rows_is_an_empty_list(tmp_path: Path):
    assert json.loads(built(probe(), [], tmp_path)["json"].read_text("utf-8")) == []


def test_parquet_has_types_and_says_what_its_columns_are(paths: dict[str, Path]):
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(paths["parquet"]))
        found = dict(zip(relation.columns, map(str, relation.types), strict=True))
        rows = connection.execute(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata($1)",
            [str(paths["parquet"])],
        ).fetchall()
    assert found == {
        "item": "VARCHAR",
        "amount": "DECIMAL(18,2)",
        "count": "BIGINT",
        "day": "DATE",
        "moment": "TIMESTAMP",
        "final": "BOOLEAN",
    }
    metadata = dict(rows)
    assert metadata["title"] == "样表:收入/支出"
    assert json.loads(metadata["titles"])["amount"] == "金额"
    assert json.loads(metadata["schema"])["fields"][3] == {
        "name": "day",
        "title": "日期",
        "type": "date",
    }


def test_the_data_package_is_valid_and_describes_itself(paths: dict[str, Path]):
    with system.use_context(trusted=True):
        report = Package(str(paths["zip"])).validate()
    assert report.valid, report.flatten()

    with zipfile.ZipFile(paths["zip"]) as package:
        assert package.testzip() is None
        descriptor = json.loads(package.read("datapackage.json"))
        data = package.read(descriptor["resources"][0]["path"])
        readme = package.read("README.txt").decode("utf-8-sig")
    resource = descriptor["resources"][0]
    assert resource["bytes"] == len(data)
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert not data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode(), newline="")))[1:] == [
        FIRST,
        SECOND,
    ]
    assert descriptor["licenses"] == [ABOUT.license]
    assert descriptor["sources"][0]["title"] == "财政局"
    assert "财政局" in readme
    assert "Publisher" in readme


def test_a_changed_row_is_found_by_the_package(paths: dict[str, Path], tmp_path: Path):
    changed = tmp_path / "changed.zip"
    with (
        zipfile.ZipFile(paths["zip"]) as source,
        zipfile.ZipFile(changed, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"-12.50", b"-12.51"))

    with system.use_context(trusted=True):
        report = Package(str(changed)).validate()

    assert [error.type for task in report.tasks for error in task.errors] == [
        "hash-count"
    ]


# What a spool can hold: any text but NUL, which the check refuses; numbers of any length.
TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "=+-@\t\r\n,;'\"\\ |_x0041é常😀\x01\x7f\u2028\ufeff#{}[]0159.eE"
        ),
        st.characters(codec="utf-8", exclude_characters="\0"),
    ),
    max_size=12,
)
PLAIN = st.from_regex(r"-?(0|[1-9][0-9]{0,45})(\.[0-9]{1,45})?", fullmatch=True)
WHOLE = st.one_of(st.integers(), st.integers(-(10**17), 10**17)).map(str)
DAY = st.dates().map(date.isoformat)
MOMENT = st.datetimes().map(datetime.isoformat)
CELLS = [TEXT, PLAIN, WHOLE, DAY, MOMENT, st.sampled_from(["true", "false"])]
ROWS = st.lists(
    # a row without any value is refused by the check
    st.tuples(*(st.one_of(st.just(""), cell) for cell in CELLS)).filter(any),
    min_size=1,
    max_size=6,
)


@settings(max_examples=times(15, nightly=60), deadline=None)
@given(ROWS, st.sampled_from(["\r\n", "\n"]))
@example(
    [("=1+1", "0." + "1" * 45, "9" * 30, "0001-01-01", "1899-12-31T00:00:00", "")], "\n"
)
@example([("#x", "1" * 20, "9007199254740993", "1900-02-28", "", "true")], "\n")
@example([("_x0041_", "0.1", "1", "1900-03-01", "2026-01-01T23:59:59", "true")], "\n")
@example([("", "-0", "-0", "", "", "")], "\n")
def test_every_value_comes_back_from_every_file(rows: list[tuple[str, ...]], end: str):
    with tempfile.TemporaryDirectory() as name:
        paths = built(probe(), rows, Path(name), end)
        assert _from_csv(paths["csv"]) == [
            (formulas.inert(row[0]), *row[1:]) for row in rows
        ]
        _assert_taken_in(paths["csv"], Path(name), [*map(_as_declared, rows)])
        assert _from_zip(paths["zip"]) == rows
        assert _from_json(paths["json"]) == [_values(row) for row in rows]
        assert _from_parquet(paths["parquet"]) == [_values(row) for row in rows]
        assert _from_xlsx(paths["xlsx"]) == [_values(row) for row in rows]


def _values(row: Sequence[str]) -> tuple[Any, ...]:
    text, number, count, day, moment, final = (cell or None for cell in row)
    return (
        text,
        number and Decimal(number),
        count and int(count),
        day and date.fromisoformat(day),
        moment and datetime.fromisoformat(moment),
        final and final == "true",
    )


def _as_declared(row: Sequence[str]) -> tuple[str, ...]:
    """A row in the forms of `FIELDS`, as the check of a candidate reads them."""
    text, number, count, day, moment, final = row
    return (
        text, number, count, day.replace("-", "/"), moment, final.replace("true", "是")
    )  # fmt: skip


def _from_csv(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return [tuple(row) for row in csv.reader(source)][1:]


def _assert_taken_in(path: Path, folder: Path, expected: list[tuple[str, ...]]) -> None:
    """Our own CSV file comes back as it was, or the reader says what is not."""
    clean = intake.read(path, probe(), intake.Declaration(), folder, intake.Limits())
    with clean.path.open(encoding="utf-8", newline="") as source:
        header, *rows = csv.reader(source)
    assert header == [field["name"] for field in FIELDS]
    is_same = [tuple(row) for row in rows] == expected
    assert is_same or clean.steps or clean.findings


def test_our_own_file_is_taken_in_without_a_step(tmp_path: Path):
    fields = [{"name": "day", "title": "日期", "type": "date"}, *FIELDS[:3]]
    table, expected = probe(*fields), ["2026-11-23", *FIRST[:3]]
    path = built(table, [expected], tmp_path)["csv"]

    clean = intake.read(path, table, intake.Declaration(), tmp_path, intake.Limits())

    assert (clean.steps, clean.findings) == ((), ())
    with clean.path.open(encoding="utf-8", newline="") as source:
        assert list(csv.reader(source))[1:] == [expected]


def _from_zip(path: Path) -> list[tuple[str, ...]]:
    with zipfile.ZipFile(path) as package:
        text = package.read("budget-probe.csv").decode()
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:]


def _from_json(path: Path) -> list[tuple[Any, ...]]:
    records = json.loads(
        path.read_text("utf-8"), parse_float=Decimal, parse_int=Decimal
    )
    return [_read(tuple(record.values())) for record in records]


def _from_parquet(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT * FROM read_parquet($1)", [str(path)])
        return [_read(row) for row in rows.fetchall()]


def _from_xlsx(path: Path) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d", "b"}
    return [
        _read((_unescaped(row[0].value), *(cell.value for cell in row[1:])))
        for row in sheet.iter_rows(min_row=2)
    ]


def _unescaped(text: Any) -> Any:
    """Texts in XLSX have `_xHHHH_` for what XML cannot hold; spreadsheets read it so."""
    if text is None:
        return None
    return re.sub(r"_x([0-9A-F]{4})_", lambda hit: chr(int(hit[1], 16)), str(text))


def _read(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Typed or, where a format has no exact type, as text: the same value."""
    text, number, count, day, moment, final = cells
    return (
        text,
        None if number is None else Decimal(str(number)),
        None if count is None else int(count),
        date.fromisoformat(str(day)[:10]) if day is not None else None,
        datetime.fromisoformat(str(moment)) if moment is not None else None,
        final,
    )
