"""CKAN's dump of a table, as its clients know it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from ...conftest import VENUES, Gate
from .conftest import CODES, FORMULA

FIELDS = "venue_code,venue_name"


@pytest.fixture
def dump(app: Any, published: Gate) -> Any:
    resource = published.dataset(VENUES)["resources"][0]["id"]

    def get(**parameters: str) -> Any:
        return app.get(f"/datastore/dump/{resource}", query_string=parameters)

    return get


def test_csv_has_names_and_runs_nothing(dump: Any):
    answer = dump(fields=FIELDS, sort="venue_code desc", limit="11")
    header, *rows = csv.reader(io.StringIO(answer.data.decode()))
    assert header == FIELDS.split(",")
    assert [row[0] for row in rows] == CODES[:0:-1]
    assert rows[-1][1] == f"'{FORMULA}"
    assert dump(bom="true").data.startswith(b"\xef\xbb\xbf")


def test_filters_and_words(dump: Any):
    filters = json.dumps({"venue_code": [CODES[0], CODES[1]]})
    assert len(dump(format="json", filters=filters, sort="_id").json) == 2
    assert len(dump(format="json", q=CODES[3], fields='["venue_code"]').json) == 1
    assert dump(format="xml").data.startswith(b"<?xml")
    assert b"\t" in dump(format="tsv", offset="0").data


@pytest.mark.parametrize(
    "parameters",
    [
        {"format": "pdf"},
        {"offset": "5"},
        {"distinct": "true"},
        {"language": "english"},
        {"q": '{"venue_name": "x"}'},
        {"sort": "venue_code, venue_name desc"},
        {"sort": "_id desc"},
        {"sort": "nobody"},
        {"fields": "_id"},
        {"filters": "{"},
        {"limit": "x"},
        {"bomb": "1"},
    ],
)
def test_what_an_export_cannot_do_is_refused(dump: Any, parameters: dict[str, str]):
    assert dump(**parameters).status_code == 400


def test_no_such_table(app: Any, published: Gate):
    assert app.get("/datastore/dump/_table_metadata").status_code == 404
