"""Whatever stands in a grid: it is read, every row is accounted for, nothing breaks."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from frictionless import Schema
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake.codes import BODY, VALUES
from ckanext.gpo.intake.grid import Cell, DisplayedCell, Merge

from tests.gpo.intake.sheets import cells, findings, read, steps

KINDS = ("string", "number", "integer", "date", "datetime", "time", "year", "yearmonth")
FIELDS: list[dict[str, Any]] = [
    *({"name": kind, "title": kind, "type": kind} for kind in (*KINDS, "boolean")),
    {"name": "geo", "title": "geo", "type": "geopoint"},
]
HEADER: list[Cell] = [field["name"] for field in FIELDS]

_PIECES = (
    "0 1 2 9 12 2026 . , - / : ( ) （ ） % ％ 元 万 万元 亿 年 月 日 时 分 一 二 十 百 千 〇"
    " 合计 小计 注： 同上 〃 ″ \" ' = # N/A E+17 △ ￥ 约 T Z +08:00 是 √ NaN inf e5 民国 至今"
    " \u200b \ufffd \ue000 \x01 | 示例"
)
_pieces = st.lists(
    st.sampled_from([*_PIECES.split(" "), *" \u3000\u00a0\n\r\t"]), max_size=6
)
texts = st.one_of(_pieces.map("".join), st.text(max_size=8))
numbers = st.one_of(
    st.integers(), st.floats(), st.decimals(allow_nan=False), st.booleans()
)
moments = st.one_of(
    st.datetimes(), st.dates(), st.times(), st.timedeltas(timedelta(-2), timedelta(2))
)
plain = st.one_of(st.none(), texts, numbers, moments)
any_cells = st.one_of(
    plain, st.builds(DisplayedCell, st.one_of(texts, numbers, moments), texts)
)
merges = st.lists(
    st.tuples(*[st.integers(1, 12)] * 4).map(
        lambda m: Merge(
            min(m[0], m[2]), min(m[1], m[3]), max(m[0], m[2]), max(m[1], m[3])
        )
    ),
    max_size=3,
)
LEFT_OUT = {
    code
    for code in BODY
    if code.startswith("rows-")
    or code in ("header-repeated", "column-numbers", "second-table")
} - {"rows-missing"} | {"text-row"}


@given(
    st.lists(st.lists(any_cells, max_size=12), max_size=6),
    merges,
    st.booleans(),
    st.booleans(),
)
def test_every_row_is_accounted_for(
    rows: list[list[Cell]], merged: list[Merge], typed: bool, all_allowed: bool
):
    allow = frozenset(BODY.keys() | VALUES.keys()) if all_allowed else frozenset[str]()
    with tempfile.TemporaryDirectory() as folder:
        result = read(
            [HEADER, *rows],
            Path(folder),
            fields=FIELDS,
            key="string",
            typed=typed,
            merges=merged,
            allow=allow,
        )
        texts = cells(result)

    counted = steps(result).items() | findings(result).items()
    left_out = sum(count for code, count in counted if code in LEFT_OUT)
    left_out += steps(result).get("total-with-key", 0)
    assert result.rows == len(texts)
    assert result.rows + left_out == len(rows)
    places = [result.source_row(row) for row in range(2, result.rows + 2)]
    assert places == sorted(set(places))
    assert all(2 <= place <= len(rows) + 1 for place in places if place)


@given(st.lists(any_cells, min_size=len(FIELDS), max_size=len(FIELDS)), st.booleans())
def test_a_mended_cell_is_one_that_frictionless_reads(row: list[Cell], typed: bool):
    """What a step has changed has the form of the field's type."""
    with tempfile.TemporaryDirectory() as folder:
        result = read(
            [HEADER, row], Path(folder), fields=FIELDS, key="string", typed=typed
        )
        texts = cells(result)
    held = {place.column for finding in result.findings for place in finding.places}
    forms = {
        "number-form",
        "thousands-mark",
        "chinese-numeral",
        "unit-removed",
        "date-form",
    }
    mended = {
        place.column
        for step in result.steps
        for place in step.places
        if step.code in forms | {"excel-serial", "yes-no-word"}
    }
    schema = Schema.from_descriptor({"fields": FIELDS})
    for column in mended - held:
        assert column
        _, notes = schema.fields[column - 1].read_cell(texts[0][column - 1])
        assert not notes
