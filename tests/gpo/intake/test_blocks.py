"""Rows that come in blocks are read as if they came, and were looked at, one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake.body.glance import Glance
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import (
    Block,
    Cell,
    DisplayedCell,
    Merge,
    Row,
    RowOrBlock,
    single_rows,
    take_rows,
    without_end,
)
from ckanext.gpo.intake.kinds import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.kinds.workbook.view import Frame, view
from ckanext.gpo.intake.steps import IntakeError

from tests.gpo.intake.sheets import TITLES, cells, read_stream

NOON = datetime(2026, 3, 5, 12)  # noqa: DTZ001 - as a workbook has it
ODD: list[Cell] = [
    *(
        None,
        "",
        " 示例 ",
        "合计",
        "全区 小计",
        "同上",
        "〃",
        "注：示例数据",
        "附表二 撤销",
    ),
    *("项目编号", "#N/A", "=A1", "１２", "1,234.5", "45000", "2026年3月5日", "待定"),
    *(0, 1.0, 2.5, 1e17, -3, True, 45000, 2026),
    *(date(2026, 3, 5), NOON, NOON.replace(hour=0)),
    *(DisplayedCell(0.5, "50%"), DisplayedCell(1, "001"), DisplayedCell(1200, "1,200")),
]
"""What may stand in a cell of any column instead of its own kind of value."""


def plain_row(number: int) -> list[Cell]:
    day = date(2026, 3, 1 + number % 28)
    return [f"XM{number}", f"示例工程{number % 3}", number / 4, number % 5, day]


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """A header and rows, most of them plain; numbers may leave some out."""
    rows: list[Row] = [(1, TITLES)]
    number = 1
    for index in range(draw(st.integers(0, 60))):
        number += draw(st.sampled_from([1, 1, 1, 1, 3]))
        row = plain_row(index)
        if draw(st.integers(0, 7)) == 0:
            odd = st.dictionaries(st.integers(0, 6), st.sampled_from(ODD), max_size=5)
            for column, cell in draw(odd).items():
                row += [None] * (column + 1 - len(row))
                row[column] = cell
        rows.append((number, without_end(row)))
    return rows


merges = st.lists(
    st.builds(
        lambda row, column, height, width: Merge(
            row, column, row + height, column + width
        ),
        st.integers(2, 60),
        st.integers(1, 5),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=2,
)
sizes = st.lists(st.integers(0, 30), min_size=1, max_size=6)
"""Of blocks, in turn; 0 is a single row."""


def in_blocks(rows: Iterable[Row], sizes: Sequence[int]) -> Iterator[RowOrBlock]:
    """The rows of a stream, some in blocks; blank ones by themselves."""
    pending: list[Row] = []
    turn = 0
    for row in rows:
        size = sizes[turn % len(sizes)]
        if row[1] and size:
            pending.append(row)
        if pending and (len(pending) == size or not row[1]):
            yield block(pending)
            pending = []
            turn += 1
        if not row[1] or not size:
            yield row
            turn += 1
    if pending:
        yield block(pending)


def block(rows: Sequence[Row]) -> Block:
    columns = list(zip_longest(*(row for _, row in rows)))
    return Block([number for number, _ in rows], columns)


def outcome(
    stream: Iterable[RowOrBlock], merged: Sequence[Merge], allow: frozenset[str]
) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        result = read_stream(stream, Path(folder), merges=merged, allow=allow)
        findings = [(one, list(one.all_places)) for one in result.findings]
        # What comes up first among rows, and what among values, is told block by block
        noted = sorted(map(repr, result.steps)), sorted(map(repr, findings))
        return cells(result), result.row_offsets, *noted


CONSENT = st.sampled_from(
    [frozenset[str](), frozenset({"merged-repeated", "ditto", "error-values"})]
)


@given(tables(), merges, sizes, CONSENT)
def test_a_table_is_the_same(rows, merged, sizes, allow):
    at_once = outcome(in_blocks(rows, sizes), merged, allow)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Glance, "columns", lambda *_: None)
        one_by_one = outcome(rows, merged, allow)
    assert at_once == one_by_one


@given(tables(), sizes)
def test_a_stream_has_the_same_rows(rows, sizes):
    stream = single_rows(in_blocks(rows, sizes))
    assert [(number, list(row)) for number, row in stream] == [
        (number, list(row)) for number, row in rows
    ]


@given(tables(), sizes, st.integers(1, 20))
def test_rows_taken_from_a_stream_are_its_first(rows, sizes, count):
    taken, rest = take_rows(in_blocks(rows, sizes), count)
    assert len(taken) == min(count, len(rows))
    every = [*taken, *single_rows(rest)]
    assert [number for number, _ in every] == [number for number, _ in rows]
    assert [list(row) for _, row in every] == [list(row) for _, row in rows]


def seen(stream: Iterable[RowOrBlock], limits: Limits) -> Any:
    stored = (
        item if isinstance(item, Block) else (item[0], False, item[1])
        for item in stream
    )
    tally = Tally(Declaration())
    try:
        rows = view(stored, "2025年", Frame(), limits, tally)
        return [(number, list(row)) for number, row in single_rows(rows)]
    except IntakeError as err:
        return err.code, err.place, err.facts


@given(tables(), sizes, st.integers(1, 80))
def test_a_sheet_is_seen_the_same(rows, sizes, most):
    limits = Limits(rows=most)
    assert seen(in_blocks(rows, sizes), limits) == seen(rows, limits)
