"""A column at once comes out as if converted cell by cell, with the same in the journal."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ckanext.gpo.intake.grid import Cell, DisplayedCell
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Column
from ckanext.gpo.intake.values import Source, column_converter, converter

FIELDS: list[dict[str, Any]] = [
    {"type": "string"},
    {"type": "string", "gpo:check": "uscc"},
    {"type": "string", "constraints": {"enum": ["天宁", "甲(1)"]}},
    {"type": "number", "unit": "万元"},
    {"type": "number", "unit": "%"},
    {"type": "integer"},
    {"type": "year"},
    {"type": "boolean"},
    {"type": "date"},
    {"type": "datetime"},
    {"type": "object"},
]
GROUPS: list[tuple[Cell, ...]] = [
    ("天宁", "甲(1)", "甲（１）", "乙 ", ""),
    ("12", "12.50", "-3", "", "1,234.5", "50%", "12万元", "—"),
    ("2026", "2026-03-05", "2026年3月5日", "26/3/5", "46086"),
    ("是", "true", "#N/A", "1.2E+17", "'0012", "乙\n丙", "\u200b甲", "-"),
    (0, 1, 2025, 46086, 10**17),
    (0.5, 1.0, 2.50, -3.25, 1e-7, 1e20),
    (True, False),
    (1, 1.0),
    (Decimal("1.0"), Decimal("1.00")),
    (date(2026, 3, 5), date(2026, 1, 1)),
    (datetime(2026, 3, 5), datetime(2026, 3, 5, 8, 30)),  # noqa: DTZ001
    (DisplayedCell(1, "001"), DisplayedCell(1234.5, "1,234.50"), 2.5),
    (DisplayedCell(0.5, "50%"), DisplayedCell(3, "3万元"), DisplayedCell(-2, "(2)")),
    (DisplayedCell(date(2026, 3, 5), "3月5日"), DisplayedCell("甲", "甲级")),
]
"""Cells such as stand together in a column."""


@st.composite
def columns(draw: st.DrawFn) -> list[Cell]:
    """Cells of one group, now and then with a blank or another one."""
    cells = st.sampled_from(draw(st.sampled_from(GROUPS)))
    others = st.sampled_from([None, None, *(group[0] for group in GROUPS)])
    length = draw(st.integers(1, 8))
    return [
        draw(others if draw(st.integers(0, 19)) == 19 else cells) for _ in range(length)
    ]


@pytest.mark.parametrize("field", FIELDS, ids=str)
@given(
    st.lists(columns(), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from([frozenset[str](), frozenset({"", "-"})]),
)
@example([[1], [True], [1.0]], True, frozenset[str]())
def test_a_column(field, blocks, typed, missing):
    column = Column({"name": "f", "title": "列", **field}, 0, "列")
    source = Source(typed=typed, width=3)
    at_once, one_by_one = (Journal("", frozenset()) for _ in range(2))
    convert_column = column_converter(column, source, {}, missing, at_once)
    convert = converter(column, source, {}, missing, one_by_one)
    first = 2
    for cells in blocks:
        rows = range(first, first + len(cells))
        first += len(cells)
        assert list(convert_column(cells, rows)) == list(map(convert, cells, rows))
    assert at_once.steps == one_by_one.steps
    assert at_once.findings == one_by_one.findings
