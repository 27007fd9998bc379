"""Tables that provoke: whatever the schema and the bytes, one verdict."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from frictionless import Check, Checklist, FrictionlessException, Schema, checks
from frictionless.resources import TableResource
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.quality.engine.cells import canonical
from ckanext.gpo.quality.engine.proof import prove

from .agreement import Verdicts, compare, on_disk
from .strategies import cells, fields, tables

BASELINE: list[Callable[[], list[Check]]] = [
    list,
    list,
    lambda: [checks.duplicate_row()],
    lambda: [checks.table_dimensions(min_rows=2, max_rows=5, num_fields=3)],
    lambda: [checks.forbidden_value(field_name="f0", values=["a", 1])],
    lambda: [checks.sequential_value(field_name="f0")],
    lambda: [checks.row_constraint(formula="f0 != 'a'")],
    lambda: [checks.deviated_value(field_name="f0")],
]
"""Frictionless's own checks beyond the schema; most often none."""


BEYOND_FRICTIONLESS = (TypeError, FrictionlessException)
"""How Frictionless ends on tables and checks that it cannot bring together."""


@given(table=tables(), asked=st.sampled_from(BASELINE))
def test_tables(
    agreed: Callable[[Verdicts], None],
    table: tuple[dict[str, Any], bytes],
    asked: Callable[[], list[Check]],
):
    descriptor, content = table
    try:
        schema = Schema.from_descriptor(descriptor)
    except FrictionlessException:
        return  # no schema at all
    with tempfile.TemporaryDirectory() as folder:
        resource = on_disk(Path(folder), content, schema=schema)
        try:
            verdicts = compare(resource, asked)
        except BEYOND_FRICTIONLESS:
            _assert_frictionless_fails_too(resource, asked)
        else:
            agreed(verdicts)


def _assert_frictionless_fails_too(
    resource: TableResource, asked: Callable[[], list[Check]]
) -> None:
    """Frictionless itself ends so on, say, a list that has to be unique."""
    try:
        resource.to_copy().validate(Checklist(checks=asked()))
    except BEYOND_FRICTIONLESS:
        return
    raise AssertionError("only our way ends in an exception")


@given(descriptor=fields("f"), texts=st.lists(cells(), min_size=20, max_size=40))
def test_cells(descriptor: dict[str, Any], texts: list[str]):
    """Where a proof holds, Frictionless finds no error and reads the proved value."""
    try:
        schema = Schema.from_descriptor({"fields": [descriptor]})
        read = schema.fields[0].create_cell_reader()
    except (FrictionlessException, TypeError):
        return
    proof = prove(schema.fields[0], schema, "c")
    query = (
        f"SELECT c, {proof.missing}, {proof.holds}, {proof.value} "
        "FROM (SELECT unnest($1::VARCHAR[]) AS c)"
    )
    try:
        rows = duckdb.execute(query, [texts]).fetchall()
    except duckdb.Error:
        return  # a pattern beyond RE2: nothing is proved by it, see `Search._compiled`
    for text, missing, holds, value in rows:
        if holds:
            parsed, notes = read(text)
            assert not notes, (descriptor, text, notes)
            assert (parsed is None) == bool(missing), (descriptor, text)
            assert canonical(parsed) == (value or ""), (descriptor, text)
