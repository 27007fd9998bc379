"""Rows in every form, as a client reads them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import openpyxl
import pytest
from frictionless import Package
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.dataapi.exports import FORMS

from ...conftest import VENUES
from .conftest import CODES, FORMULA, NAME, Fetch

SELECTION = {
    "select": "venue_code,venue_name,floor_area,updated_date",
    "venue_code.lt": CODES[4],
    "sort": "-venue_code",
    "limit": "3",
}


@pytest.fixture
def records(published: Any) -> list[dict[str, Any]]:
    """The selection as the action tells it."""
    answer = call_action(
        "gpo_dataapi_record_list",
        dataset=NAME,
        filters={"venue_code": {"lt": CODES[4]}},
        fields=SELECTION["select"],
        sort="-venue_code",
        limit=3,
    )
    return [
        {n: v if v is None or isinstance(v, str) else float(v) for n, v in r.items()}
        for r in answer["records"]
    ]


def rows_of_csv(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_json_is_what_the_action_tells(fetch: Fetch, records: list[dict[str, Any]]):
    assert fetch("json", **SELECTION).json == records


def test_ndjson_is_an_object_a_line(fetch: Fetch, records: list[dict[str, Any]]):
    lines = fetch("ndjson", **SELECTION).text.splitlines()
    assert [json.loads(line) for line in lines] == records


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_has_titles_and_runs_nothing(
    fetch: Fetch, records: list[dict[str, Any]], form: str, delimiter: str
):
    answer = fetch(form, **SELECTION)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, *rows = rows_of_csv(answer.data.decode("utf-8-sig"), delimiter)
    assert header == ["机构编号", "机构名称", "建筑面积", "信息更新日期"]
    assert [row[0] for row in rows] == [r["venue_code"] for r in records]
    assert [row[1] for row in rows][-1] == f"'{FORMULA}"
    assert {row[2] for row in rows} == {"200.25"}
    assert rows[1][1] == '文化,馆"<甲&乙>\\'


def test_csv_in_other_spellings(fetch: Fetch):
    chinese = fetch("csv", encoding="gb18030", **SELECTION)
    assert chinese.headers["Content-Type"] == "text/csv; charset=gb18030"
    plain = fetch("csv", encoding="utf-8", **SELECTION)
    assert chinese.data.decode("gb18030") == plain.data.decode("utf-8")
    named = fetch("csv", encoding="utf-8", header="names", **SELECTION).text
    assert rows_of_csv(named)[0] == SELECTION["select"].split(",")
    assert rows_of_csv(named)[1:] == rows_of_csv(plain.text)[1:]


def test_xml_has_an_element_for_each_value(fetch: Fetch, records: list[dict[str, Any]]):
    root = ET.fromstring(fetch("xml", **SELECTION).data)
    told = [{cell.tag: cell.text for cell in record} for record in root]
    assert told == [
        {n: v if isinstance(v, str) else f"{v:g}" for n, v in r.items()}
        for r in records
    ]


def test_turtle_is_what_the_metadata_says_of_the_csv(
    fetch: Fetch, app: Any, records: list[dict[str, Any]]
):
    described = app.get(f"/dataset/{NAME}/download/{NAME}.csv-metadata.json").json
    columns = {c["name"]: c for c in described["tableSchema"]["columns"]}
    about = described["tableSchema"]["aboutUrl"].replace(
        "{?venue_code}", "?venue_code="
    )
    expected = Graph()
    for record in records:
        for name, value in record.items():
            column = columns[name]
            text = value if isinstance(value, str) else f"{value:g}"
            expected.add(
                (
                    URIRef(about + record["venue_code"]),
                    URIRef(column["propertyUrl"]),
                    Literal(text)
                    if column["datatype"] == "string"
                    else Literal(text, datatype=XSD[column["datatype"]]),
                )
            )
    told = Graph().parse(data=fetch("ttl", **SELECTION).text, format="turtle")
    assert set(told) == set(expected)


def test_the_metadata_describes_the_built_csv(app: Any, published: Any):
    described = app.get(f"/dataset/{NAME}/download/{NAME}.csv-metadata.json").json
    header = rows_of_csv(app.get(described["url"]).data.decode("utf-8-sig"))[0]
    titles = [c["titles"]["zh"] for c in described["tableSchema"]["columns"]]
    assert titles == header
    assert described["tableSchema"]["primaryKey"] == ["venue_code"]


def test_a_workbook_has_typed_cells_and_runs_nothing(fetch: Fetch):
    sheet = openpyxl.load_workbook(io.BytesIO(fetch("xlsx", **SELECTION).data)).active
    assert sheet is not None
    header, *rows = sheet.iter_rows()
    assert header[0].value == "机构编号"
    assert [row[0].value for row in rows] == [CODES[3], CODES[2], CODES[1]]
    assert rows[-1][1].value == FORMULA
    assert rows[-1][1].data_type == "s"
    assert rows[0][2].value == 200.25
    assert rows[0][3].is_date


def test_parquet_keeps_types_and_schema(fetch: Fetch, tmp_path: Any):
    path = tmp_path / "rows.parquet"
    path.write_bytes(fetch("parquet", **SELECTION).data)
    rows = duckdb.sql(f"SELECT * FROM '{path}'")
    assert rows.columns == SELECTION["select"].split(",")
    assert [row[0] for row in rows.fetchall()] == [CODES[3], CODES[2], CODES[1]]
    schema = duckdb.sql(
        f"SELECT decode(value) FROM parquet_kv_metadata('{path}')"
        " WHERE decode(key) = 'schema'"
    ).fetchall()[0][0]
    assert [f["name"] for f in json.loads(schema)["fields"]] == rows.columns


def test_a_data_package_is_valid(fetch: Fetch, tmp_path: Any):
    path = tmp_path / "rows.zip"
    path.write_bytes(fetch("zip", **SELECTION).data)
    assert set(zipfile.ZipFile(path).namelist()) == {"datapackage.json", f"{NAME}.csv"}
    package = Package(path)
    report = package.validate()
    assert report.valid, report.flatten()
    assert [r["venue_name"] for r in package.resources[0].read_rows()][-1] == FORMULA


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_called_what_it_is(fetch: Fetch, form: str):
    answer = fetch(form, **{"venue_code.eq": "none"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(FORMS[form].media_type)
    name = f"{NAME}-rows.{form}"
    assert f"filename={name};" in answer.headers["Content-Disposition"]
    assert answer.data or form == "ndjson"


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet", "zip"])
def test_everything_is_the_file_that_was_built(fetch: Fetch, app: Any, form: str):
    built = app.get(f"/dataset/{NAME}/download/{NAME}.{form}")
    assert fetch(form).data == built.data


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form not in ("xlsx", "zip")]
)
def test_an_earlier_version_in_every_form(fetch: Fetch, form: str):
    before = fetch(form, version="1", select="venue_code,floor_area")
    now = fetch(form, select="venue_code,floor_area")
    assert before.status_code == 200
    if form == "parquet":
        assert before.data != now.data
    else:
        assert b"100.5" in before.data
        assert b"200.25" in now.data


def test_texts_are_compressed_for_who_takes_it(fetch: Fetch):
    plain = fetch("csv", **SELECTION)
    packed = fetch("csv", {"Accept-Encoding": "gzip"}, **SELECTION)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Length" not in packed.headers
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert (
        "Content-Encoding"
        not in fetch("parquet", {"Accept-Encoding": "gzip"}, **SELECTION).headers
    )


def test_the_same_rows_are_not_sent_twice(fetch: Fetch):
    tag = fetch("csv", **SELECTION).headers["ETag"]
    assert fetch("csv", {"If-None-Match": tag}, **SELECTION).status_code == 304
    assert fetch("csv", {"If-None-Match": tag}, sort="venue_code").status_code == 200
    assert fetch("tsv", {"If-None-Match": tag}, **SELECTION).status_code == 200
    assert (
        fetch("csv", {"If-None-Match": tag}, version="1", **SELECTION).status_code
        == 200
    )


def test_the_table_of_the_tests_has_the_key_that_they_rely_on():
    assert table(VENUES).primary_key == ("venue_code",)
