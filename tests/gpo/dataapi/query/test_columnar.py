"""A version's Parquet file answers as the rows in PostgreSQL do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from ckanext.gpo.common.duck import connect, literal
from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.query import Run, Selection
from ckanext.gpo.dataapi.query.columnar import (
    column_types,
    parquet_fields,
    where_sql,
    words_sql,
)

from .conftest import NAME, Stage, described, words, write_parquet

KINDS = {
    "a": "string",
    "b": "string",
    "n": "number",
    "i": "integer",
    "y": "year",
    "d": "date",
    "t": "datetime",
    "m": "yearmonth",
    "f": "boolean",
}
TABLE = described(
    {"name": "row", "type": "integer"},
    *({"name": name, "type": kind} for name, kind in KINDS.items()),
)
TEXTS = (
    *("红梅街道", "红梅", "100%", "a_b", "A_B", "Ａ", "ａ", "\\", "<b>", "O'Neil", "/"),
    *("İstanbul", "STRASSE", "straße", "Σας", "σΑΣ", "ς", "é", "e\u0301", "É", "🀄"),
    *("2026-11", " 前后 ", "一\n二", "ǅ", "ǆ", "K", "k", "ﬁ", "\x7f", "\u3000", "Ⅷ"),
)
CELLS: dict[str, tuple[str, ...]] = {
    "a": ("", *TEXTS, "字" * 5_000),
    "b": ("", *reversed(TEXTS)),
    "n": ("", "-0.5", "0", "0.10", "12345678901234567.25", "-99999999999999999.99"),
    "i": ("", "-7", "0", "3", str(2**63 - 1), str(1 - 2**63)),
    "y": ("", "1949", "2025", "2026"),
    "d": ("", "0001-01-01", "2026-02-28", "2026-11-23", "9999-12-31"),
    "t": ("", "2026-02-28T00:00:00", "2026-11-23T09:30:00", "2026-11-23T09:30:00.5"),
    "m": ("", "2025-12", "2026-01", "2026-11"),
    "f": ("", "true", "false"),
}
ROWS = [
    [
        str(place),
        *(
            cells[(place * step + place // 7) % len(cells)]
            for step, cells in enumerate(CELLS.values(), start=1)
        ),
    ]
    for place in range(1, 120)
]
BEYOND = {
    "n": [
        "0.105",
        "-0.4999",
        "1E+40",
        "-1e40",
        "1e-40",
        "99999999999999999.995",
        "1e5",
    ],
    "i": ["9223372036854775806"],
    "d": ["2026-03-01"],
    "t": ["2026-11-23", "2026-11-23T09:30:00.500001", "2026-11-23T17:30:00+08:00"],
}


def values(name: str) -> st.SearchStrategy[str]:
    cells = [*CELLS[name], *BEYOND.get(name, [])]
    return st.sampled_from([cell for cell in cells if cell and len(cell) < 99])


PARTS = st.one_of(
    st.sampled_from([*TEXTS, "红", "%", "_", "B", "'", "S", "ss", "i", "İ", "", "Σ"]),
    st.text(max_size=2),
).filter(lambda text: "\0" not in text)


@st.composite
def field_filters(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(list(KINDS)))
    is_text = KINDS[name] in ("string", "yearmonth")
    plain = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "empty"]
    operator = draw(st.sampled_from(plain + ["contains", "starts"] * is_text))
    match operator:
        case "empty":
            value: Any = draw(st.booleans())
        case "in":
            value = draw(st.lists(values(name), max_size=4))
        case "contains" | "starts":
            value = draw(PARTS)
        case _other:
            value = draw(values(name))
    return {name: {operator: value}}


FILTERS = st.recursive(
    field_filters(),
    lambda inner: st.one_of(
        st.builds(lambda members: {"$and": members}, st.lists(inner, max_size=3)),
        st.builds(lambda members: {"$or": members}, st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)


@st.composite
def summaries(draw: st.DrawFn) -> dict[str, Any]:
    """Parameters of a question for groups."""
    fields = draw(st.lists(st.sampled_from(list(KINDS)), max_size=3, unique=True))
    group_by = [
        {"field": name, "unit": draw(st.sampled_from(UNITS))} if name in "dtm" else name
        for name in fields
    ]
    measures = draw(st.lists(st.sampled_from(MEASURES), max_size=4))
    told = [*fields, *(m["function"] + f"({m['field']})" for m in measures)]
    names = told if measures else [*told, "count"]
    sort = draw(st.sampled_from(["", *names, *(f"-{name}" for name in names)]))
    having = draw(
        st.lists(st.sampled_from([(n, o) for n in names for o in HAVING]), max_size=2)
    )
    return {
        "group_by": group_by,
        "measures": measures,
        "sort": sort,
        "having": {"$or": [{n: o} for n, o in having if _fits(n, o)]},
        "limit": draw(st.sampled_from([1, 7, 1000])),
    }


def _fits(name: str, test: dict[str, Any]) -> bool:
    is_number = name.startswith(("count", "sum", "distinct", "avg"))
    return is_number or "empty" in test


UNITS = ("", "year", "quarter", "month", "day")
MEASURES = [
    {"function": function, "field": field}
    for field, kind in KINDS.items()
    for function in ("count", "sum", "avg", "min", "max", "distinct")
    if (function not in ("sum", "avg") or kind in ("number", "integer"))
    and (function not in ("min", "max") or kind != "boolean")
]
HAVING: list[dict[str, Any]] = [
    {"gt": 1},
    {"lte": 3},
    {"ne": 2},
    {"in": [1, 2, None]},
    {"empty": True},
    {"empty": False},
]
Q = st.lists(PARTS, max_size=2).map(lambda parts: tuple(" ".join(parts).split()))

Opened = Callable[[], AbstractContextManager[Run]]


@pytest.fixture
def opened(stage: Stage) -> Opened:
    return stage(TABLE, ROWS)


def test_the_same_rows(opened: Opened, folder: Path, tmp_path: Path):
    path = write_parquet(TABLE, folder)
    with opened() as run, connect(tmp_path, path.parent) as connection:
        types = column_types(connection, path)
        fields = parquet_fields(TABLE, types)
        assert fields == query.queried_fields(TABLE, run.columns(NAME))

        @given(raw=FILTERS, q=Q)
        @example(raw={"n": {"lt": "-1e40"}}, q=())
        @example(raw={"i": {"lte": str(2**63 - 1)}}, q=())
        @example(raw={}, q=("İ",))
        def check(raw: dict[str, Any], q: tuple[str, ...]) -> None:
            condition = query.parse_filters(raw, fields, words)
            selection = Selection(NAME, fields, condition, q)
            row = sa.column("row")
            expected = run.fetch(
                sa.select(row).select_from(selection.table).where(selection.clause)
            )
            clause, parameters = where_sql(condition, types)
            words_clause, words_parameters = words_sql(q, fields.values())
            answer = connection.execute(
                f"SELECT row FROM {literal(str(path))}"
                f" WHERE ({clause}) AND {words_clause}",
                parameters + words_parameters,
            ).fetchall()
            assert sorted(answer) == sorted(tuple(r) for r in expected)

        check()


def test_the_same_groups(opened: Opened, folder: Path):
    path = write_parquet(TABLE, folder)
    with (
        opened() as run,
        query.run_on_file(path, path.parent, 60, words) as file_run,
    ):
        fields = query.parquet_fields(TABLE, file_run.types)
        served = 0

        @given(raw=FILTERS, q=Q, asked=summaries())
        def check(raw: dict[str, Any], q: tuple[str, ...], asked: Any) -> None:
            nonlocal served
            condition = query.parse_filters(raw, fields, words)
            selection = Selection(NAME, fields, condition, q)
            groupings = query.parse_groupings(asked["group_by"], fields, words)
            measures = query.parse_measures(asked["measures"], fields, words)
            summary = query.Summary(
                groupings,
                measures,
                asked["limit"],
                asked["sort"],
                query.parse_having(asked["having"], groupings, measures, words),
            )
            expected = query.read_groups(run, selection, summary, words)
            with suppress(query.Unserved):
                answer = query.read_groups_of_file(file_run, selection, summary, words)
                assert answer == expected
                served += 1

        check()
        assert served
