"""Columns and codes of a source to fields of a Table Schema."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.tables import Table
from ckanext.gpo.harvest.failures import HarvestError
from ckanext.gpo.harvest.mapping import fields, row_mapper
from ckanext.gpo.harvest.sources import Source, SourceTable

TABLE = Table(
    "tax",
    {
        "name": "a_credit",
        "schema": {
            "fields": [
                {"name": "uscc", "type": "string", "gpo:check": "uscc"},
                {"name": "year", "type": "year"},
                {"name": "level", "type": "string"},
                {"name": "arrears", "type": "number"},
            ]
        },
    },
)


def _wanted(columns: dict[str, str], codes: dict | None = None) -> SourceTable:
    return SourceTable("tax/a_credit", columns, codes or {}, {})


def _source(table: SourceTable) -> Source:
    return Source("s", "", "", "", "rest", "c", "swj", "DAILY", (table,), {})


def test_fields_come_in_the_order_of_the_schema_and_only_if_mapped() -> None:
    wanted = _wanted({"arrears": "QSJE", "uscc": "NSRSBH"})
    found = fields(_source(wanted), wanted, TABLE)
    assert [field["name"] for field in found] == ["uscc", "arrears"]


def test_a_field_that_the_schema_does_not_have_is_named() -> None:
    wanted = _wanted({"uscc": "a", "grade": "b"})
    with pytest.raises(HarvestError) as raised:
        fields(_source(wanted), wanted, TABLE)
    assert raised.value.code == "source-invalid"
    assert "grade" in raised.value.message


def test_rows_are_mapped_by_column_and_code() -> None:
    wanted = _wanted(
        {"uscc": "h", "year": "nd", "level": "dj", "arrears": "je"},
        {"level": {"1": "A", "02": "B", "true": "C"}},
    )
    map_row = row_mapper(
        fields(_source(wanted), wanted, TABLE), wanted, ["dj", "h", "je", "nd"]
    )
    assert map_row([1, "９１", "1,000", "2025年"]) == ["91", "2025", "A", "1000"]
    assert map_row([" 02 ", None, None, None]) == ["", "", "B", ""]
    assert map_row([True, "", "", ""])[2] == "C"
    assert map_row([1.0, "", "", ""])[2] == "A"


def test_an_unknown_code_and_an_odd_value_go_on_as_they_stand() -> None:
    wanted = _wanted({"level": "dj", "arrears": "je"}, {"level": {"1": "A"}})
    map_row = row_mapper(fields(_source(wanted), wanted, TABLE), wanted, ["dj", "je"])
    assert map_row(["9", "约三万"]) == ["9", "约三万"]
    assert map_row([None, ""]) == ["", ""]


def test_one_column_may_fill_two_fields() -> None:
    wanted = _wanted({"uscc": "x", "level": "x"})
    map_row = row_mapper(fields(_source(wanted), wanted, TABLE), wanted, ["x"])
    assert map_row(["ａ"]) == ["a", "ａ"]
