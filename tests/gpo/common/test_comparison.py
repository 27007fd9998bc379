"""The record-level diff, against a plain reference and at its edges."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.gpo.common.comparison import KINDS, Comparison

from tests.effort import times

Rows = list[dict[str, Any]]

CELLS = st.none() | st.sampled_from(["", "a", "常州", "'; DROP", '"', "\n", "0"])
COLUMNS = ["value", 'odd "name"', "名称", "kind", "c0", "here"]


def write(path: Path, types: dict[str, str], rows: Rows) -> Path:
    """A Parquet file with these columns."""
    with duckdb.connect() as db:
        columns = ", ".join(
            '"{}" {}'.format(name.replace('"', '""'), kind)
            for name, kind in types.items()
        )
        db.execute(f"CREATE TABLE t ({columns})")
        marks = ", ".join("?" * len(types))
        for row in rows:
            db.execute(f"INSERT INTO t VALUES ({marks})", [row[n] for n in types])
        db.table("t").write_parquet(str(path))
    return path


def compare(
    folder: Path,
    old: tuple[dict[str, str], Rows],
    new: tuple[dict[str, str], Rows],
    key: list[str],
) -> tuple[Comparison, dict[str, int], Rows]:
    paths = [
        write(folder / f"{name}.parquet", *side)
        for name, side in (("old", old), ("new", new))
    ]
    with Comparison(*paths, key, folder) as found:
        return found, found.totals().as_dict(), found.records(KINDS, 0, 1000)


def bag(rows: Rows, columns: list[str]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row[name] for name in columns) for row in rows)


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[str], Rows, list[str], Rows]:
    """Two tables with a unique `id`, each with some of the columns."""
    columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True))
    found: list[Any] = []
    for _ in range(2):
        own = [name for name in columns if draw(st.integers(0, 4))]
        ids = draw(st.lists(st.integers(-3, 6), unique=True, max_size=8))
        found += [own, [{"id": i} | {name: draw(CELLS) for name in own} for i in ids]]
    return tuple(found)


@settings(
    max_examples=times(20, nightly=60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sides())
def test_by_key_as_the_reference_says(tmp_path: Path, tables: Any):
    old_columns, old, new_columns, new = tables
    before, after = ({row["id"]: row for row in rows} for rows in (old, new))
    common = [name for name in new_columns if name in old_columns]
    expected: Rows = []
    for id_ in sorted(before | after):
        key = {"id": id_}
        if id_ not in before:
            expected.append({"kind": "added", "key": key, "row": after[id_]})
        elif id_ not in after:
            expected.append({"kind": "removed", "key": key, "row": before[id_]})
        elif cells := {
            name: {"old": before[id_][name], "new": after[id_][name]}
            for name in common
            if before[id_][name] != after[id_][name]
        }:
            expected.append({"kind": "changed", "key": key, "cells": cells})

    found, totals, records = compare(
        tmp_path,
        ({"id": "BIGINT"} | dict.fromkeys(old_columns, "VARCHAR"), old),
        ({"id": "BIGINT"} | dict.fromkeys(new_columns, "VARCHAR"), new),
        ["id"],
    )

    assert records == expected
    kinds = Counter(record["kind"] for record in expected)
    same = len(before.keys() & after.keys()) - kinds["changed"]
    assert totals == {kind: kinds[kind] for kind in KINDS} | {"unchanged": same}
    assert set(found.columns_added) == set(new_columns) - set(old_columns)
    assert set(found.columns_removed) == set(old_columns) - set(new_columns)


@settings(
    max_examples=times(20, nightly=60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    *[st.lists(st.fixed_dictionaries({"value": CELLS, "c0": CELLS}), max_size=8)] * 2
)
def test_without_a_key_as_the_reference_says(tmp_path: Path, old: Rows, new: Rows):
    columns = ["value", "c0"]
    before, after = bag(old, columns), bag(new, columns)
    types = dict.fromkeys(columns, "VARCHAR")

    _, totals, records = compare(tmp_path, (types, old), (types, new), [])

    rows = {
        kind: bag([r["row"] for r in records if r["kind"] == kind], columns)
        for kind in KINDS
    }
    added, removed = after - before, before - after
    assert rows == {"added": added, "removed": removed, "changed": Counter()}
    assert totals == {
        "added": added.total(),
        "removed": removed.total(),
        "changed": 0,
        "unchanged": (before & after).total(),
    }


def test_pages_are_cut_from_one_order(tmp_path: Path):
    types = {"id": "BIGINT", "value": "VARCHAR"}
    old = [{"id": i, "value": "a"} for i in range(20)]
    new = [{"id": i, "value": "b"} for i in range(10, 30)]
    paths = write(tmp_path / "o", types, old), write(tmp_path / "n", types, new)

    with Comparison(*paths, ["id"], tmp_path) as found:
        pages = [found.records(KINDS, offset, 7) for offset in range(0, 35, 7)]
        changed = found.records(["changed"], 8, 7)

    keys = [record["key"]["id"] for page in pages for record in page]
    assert keys == list(range(30))
    assert [record["key"]["id"] for record in changed] == [18, 19]
    assert {record["kind"] for record in changed} == {"changed"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([1, 1], [1]),
        ([1], [2, 2]),
        ([None], [1]),
    ],
    ids=["repeated before", "repeated after", "empty"],
)
def test_a_key_that_names_no_record_is_not_used(
    tmp_path: Path, old: list[int | None], new: list[int | None]
):
    types = {"id": "BIGINT"}

    found, totals, _ = compare(
        tmp_path,
        (types, [{"id": i} for i in old]),
        (types, [{"id": i} for i in new]),
        ["id"],
    )

    assert found.key == ()
    before, after = Counter(old), Counter(new)
    assert totals["added"] == (after - before).total()
    assert totals["removed"] == (before - after).total()


def test_a_key_of_one_side_only_is_not_used(tmp_path: Path):
    found, totals, _ = compare(
        tmp_path,
        ({"value": "VARCHAR"}, [{"value": "a"}]),
        ({"id": "BIGINT", "value": "VARCHAR"}, [{"id": 1, "value": "a"}]),
        ["id"],
    )

    assert found.key == ()
    assert found.columns_added == ["id"]
    assert totals == {"added": 0, "removed": 0, "changed": 0, "unchanged": 1}


def test_tables_with_nothing_in_common_are_exchanged(tmp_path: Path):
    _, totals, records = compare(
        tmp_path,
        ({"a": "VARCHAR"}, [{"a": "x"}]),
        ({"b": "VARCHAR"}, [{"b": "y"}]),
        [],
    )

    assert totals == {"added": 1, "removed": 1, "changed": 0, "unchanged": 0}
    rows = {record["kind"]: record["row"] for record in records}
    assert rows == {"added": {"b": "y"}, "removed": {"a": "x"}}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (("BIGINT", 1), ("DOUBLE", 1.0), True),
        (("DECIMAL(9,2)", "1.50"), ("DECIMAL(9,3)", "1.500"), True),
        (("DATE", "2026-11-23"), ("VARCHAR", "2026-11-23"), True),
        (("BIGINT", 1), ("VARCHAR", "01"), False),
    ],
)
def test_of_changed_types_the_values_are_compared(
    tmp_path: Path, old: tuple[str, Any], new: tuple[str, Any], same: bool
):
    _, totals, _ = compare(
        tmp_path,
        ({"id": "BIGINT", "v": old[0]}, [{"id": 1, "v": old[1]}]),
        ({"id": "INTEGER", "v": new[0]}, [{"id": 1, "v": new[1]}]),
        ["id"],
    )

    assert (totals["unchanged"], totals["changed"]) == (int(same), int(not same))


def test_cells_are_plain_and_exact(tmp_path: Path):
    types = {
        "id": "DATE",
        "n": "DECIMAL(30,10)",
        "short": "DECIMAL(30,10)",
        "t": "TIMESTAMP",
        "b": "BOOLEAN",
    }
    row = {
        "id": "2026-11-23",
        "n": "12345678901234567890.0123456789",
        "short": "1200.5",
        "t": "2026-11-23 09:00:00",
        "b": True,
    }

    _, _, (record,) = compare(tmp_path, (types, []), (types, [row]), ["id"])

    assert record["key"] == {"id": "2026-11-23"}
    assert record["row"] == row | {"t": "2026-11-23T09:00:00"}


def test_nothing_outside_the_folder_is_read(tmp_path: Path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    good = write(inside / "a", {"id": "BIGINT"}, [{"id": 1}])
    other = write(outside / "b", {"id": "BIGINT"}, [{"id": 2}])

    with pytest.raises(duckdb.PermissionException):
        Comparison(good, other, ["id"], inside)


def test_what_is_not_parquet_is_an_error(tmp_path: Path):
    good = write(tmp_path / "a", {"id": "BIGINT"}, [{"id": 1}])
    (tmp_path / "b").write_bytes(b"id\n1\n")

    with pytest.raises(duckdb.Error):
        Comparison(good, tmp_path / "b", ["id"], tmp_path)
