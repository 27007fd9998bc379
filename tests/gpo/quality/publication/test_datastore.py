"""Rows in the DataStore: types, indexes, words, and what PostgreSQL cannot hold."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.datastore.backend import postgres
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.publication import datastore

from ...conftest import VENUES, Gate, row

NAME = "5f1d7e46-3d3e-4d10-9a3b-8e2a1f5f0c11"

KINDS = ("string", "integer", "number", "year", "boolean", "date", "datetime", "time")


def table(*fields: dict[str, Any], **schema: Any) -> Table:
    described = [
        {"title": field["name"], "type": "string", **field} for field in fields
    ]
    return Table("budget", {"name": "probe", "schema": {"fields": described, **schema}})


def every_kind() -> Table:
    return table(*({"name": f"a_{kind}", "type": kind} for kind in KINDS))


@pytest.fixture
def stage(with_plugins: None, tmp_path: Path) -> Iterator[Callable[..., int]]:
    """Load rows of a table under `NAME`."""

    def load(of: Table, *rows: list[str], full_text: bool = False) -> int:
        spool = tmp_path / "rows.csv"
        with spool.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow([field["name"] for field in of.fields])
            writer.writerows(rows)
        return datastore.stage(NAME, of, spool, full_text=full_text)

    yield load
    datastore.drop(NAME)


def as_reader(query: str) -> list[tuple[Any, ...]]:
    """What the role sees that answers the public."""
    with postgres.get_read_engine().connect() as connection:
        return [tuple(found) for found in connection.execute(sa.text(query))]


def indexes() -> dict[tuple[str, ...], dict[str, Any]]:
    with postgres.get_read_engine().connect() as connection:
        found = sa.inspect(connection).get_indexes(NAME)
    return {tuple(map(str, index["column_names"])): dict(index) for index in found}


def test_columns_have_the_types_of_the_schema(stage: Callable[..., int]):
    cells = [
        "常州",
        "-7",
        "0.10",
        "2026",
        "true",
        "2026-11-23",
        "2026-11-23T09:00:00",
        "9",
    ]

    assert stage(every_kind(), cells, [""] * len(KINDS)) == 2

    with postgres.get_read_engine().connect() as connection:
        columns = sa.inspect(connection).get_columns(NAME)
    assert {column["name"]: str(column["type"]) for column in columns[2:]} == {
        "a_string": "TEXT",
        "a_integer": "BIGINT",
        "a_number": "NUMERIC",
        "a_year": "INTEGER",
        "a_boolean": "BOOLEAN",
        "a_date": "DATE",
        "a_datetime": "TIMESTAMP",
        "a_time": "TEXT",
    }
    (first, second) = as_reader(f'SELECT * FROM "{NAME}" ORDER BY _id')
    assert [str(value) for value in first[2:5]] == ["常州", "-7", "0.10"]
    assert first[0] < second[0]
    assert second[2:] == (None,) * len(KINDS)


@pytest.mark.parametrize("kind", ["string", "integer"])
def test_a_missing_value_is_null_however_it_is_quoted(
    stage: Callable[..., int], kind: str
):
    stage(table({"name": "a", "type": kind}), [""])  # written as ""

    assert as_reader(f'SELECT a FROM "{NAME}"') == [(None,)]


def test_the_public_role_reads_and_does_not_write(stage: Callable[..., int]):
    stage(table({"name": "a"}), ["x"])
    datastore.swap(NAME, f"{NAME}-public")

    assert as_reader(f'SELECT a FROM "{NAME}-public"') == [("x",)]
    with pytest.raises(sa.exc.DBAPIError, match="permission denied|read-only"):
        as_reader(f'DELETE FROM "{NAME}-public"')
    datastore.drop(f"{NAME}-public")


def test_keys_and_filters_are_indexed_and_nothing_else(stage: Callable[..., int]):
    of = table(
        {"name": "code"},
        {"name": "line", "type": "integer"},
        {"name": "kind", "constraints": {"enum": ["一", "二"]}},
        {"name": "day", "type": "date"},
        {"name": "noted", "type": "date", "gpo:filter": False},
        {"name": "street", "gpo:filter": True},
        {"name": "project"},
        {"name": "text"},
        primaryKey=["code", "line"],
        foreignKeys=[
            {"fields": "project", "reference": {"resource": "", "fields": "code"}},
            {"fields": "code", "reference": {"resource": "", "fields": "code"}},
        ],
    )

    stage(of, ["a", "1", "一", "2026-11-23", "", "红梅街道", "p", "t"])

    found = indexes()
    assert set(found) == {
        ("code", "line"),
        ("kind",),
        ("day",),
        ("street",),
        ("project",),
    }
    assert [names for names, index in found.items() if index["unique"]] == [
        ("code", "line")
    ]


def test_words_are_kept_only_if_wanted(stage: Callable[..., int]):
    of = table({"name": "a"})

    stage(of, ["harbour"], full_text=True)
    assert datastore.has_full_text(NAME)
    assert ("_full_text",) in indexes()
    assert as_reader(f"SELECT a FROM \"{NAME}\" WHERE _full_text @@ 'harbour'")

    stage(of, ["harbour"], full_text=False)
    assert not datastore.has_full_text(NAME)
    assert as_reader(f'SELECT _full_text FROM "{NAME}"') == [(None,)]


def test_a_row_with_too_many_words_is_loaded_without(stage: Callable[..., int]):
    words = " ".join(f"word{number}" for number in range(120_000))

    assert stage(table({"name": "a"}), [words], full_text=True) == 1

    assert not datastore.has_full_text(NAME)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("integer", "9" * 20),
        ("string", "a\0b"),
        ("number", "9" * 140_000),
        ("number", "sNaN"),
    ],
    ids=["integer", "nul", "digits", "signal"],
)
def test_what_postgresql_refuses_is_a_fault_of_the_candidate(
    stage: Callable[..., int], kind: str, cell: str
):
    with pytest.raises(CandidateError) as caught:
        stage(table({"name": "a", "type": kind}), [cell])

    assert caught.value.code == "value-not-storable"
    assert not datastore.is_staged(NAME)


class TestThroughTheGate:
    def test_a_number_too_long_is_rejected_with_row_and_field(self, gate: Gate):
        venues = [row(VENUES), row(VENUES, venue_code="WH3204029999")]
        venues[1]["floor_area"] = "1" + "0" * 131_072

        version = gate.judge(VENUES, *venues)

        assert version["state"] == "rejected"
        (error,) = version["report"]["errors"]
        assert (error["rule"], error["row"], error["field"]) == (
            "value-not-storable",
            3,
            "floor_area",
        )
        assert error["label"] == "建筑面积"
        assert "131072" in error["expected"]

    def test_words_of_a_small_table_are_found(self, gate: Gate):
        gate.judge(VENUES, row(VENUES, free_items="harbour tours"))
        resource = gate.dataset(VENUES)["resources"][0]["id"]

        found = call_action("datastore_search", resource_id=resource, q="harbour")

        assert found["total"] == 1
        found = call_action(
            "datastore_search", resource_id=resource, q="harbour & tours", plain=False
        )
        assert found["total"] == 1

    @pytest.mark.ckan_config("ckanext.gpo.quality.full_text_rows", 0)
    def test_words_of_a_large_table_are_not_and_it_says_so(self, gate: Gate):
        gate.judge(VENUES, row(VENUES))
        resource = gate.dataset(VENUES)["resources"][0]["id"]

        assert call_action("datastore_search", resource_id=resource)["total"] == 1
        for asked in ({"q": "x"}, {"q": {"venue_name": "x"}}, {"full_text": "x"}):
            with pytest.raises(tk.ValidationError) as caught:
                call_action(
                    "datastore_search", resource_id=resource, plain=False, **asked
                )
            assert set(caught.value.error_dict) == set(asked)

    @pytest.mark.ckan_config("ckanext.gpo.quality.full_text_rows", 0)
    def test_a_private_table_does_not_say_how_large_it_is(
        self, gate: Gate, as_anonymous: Callable[..., Any]
    ):
        gate.judge(VENUES, row(VENUES))
        dataset = gate.dataset(VENUES)
        site = {"user": call_action("get_site_user")["name"]}
        call_action("package_patch", site, id=dataset["id"], private=True)
        resource = dataset["resources"][0]["id"]

        status, _ = as_anonymous(
            "datastore_search", resource_id=resource, q="x", plain="false"
        )

        assert status == 404
