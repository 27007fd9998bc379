"""Whatever is asked, the database answers as a loop over all rows would."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.query import Field, Order, QueryError, Run, Selection

from .conftest import NAME, Stage, described, words

KINDS = {"a": "string", "n": "number", "i": "integer", "d": "date", "m": "yearmonth"}
TABLE = described(
    {"name": "row", "type": "integer"},
    {"name": "a"},
    {"name": "n", "type": "number"},
    {"name": "i", "type": "integer"},
    {"name": "d", "type": "date"},
    {"name": "m", "type": "yearmonth"},
)

VALUES: dict[str, list[Any]] = {
    "a": [
        "",
        "红梅街道",
        "红梅",
        "100%",
        "a_b",
        "A_B",
        "\\",
        "<b>",
        "O'Neil",
        "字" * 10_000,
    ],
    "n": [
        None,
        Decimal("-0.5"),
        Decimal(0),
        Decimal("0.10"),
        Decimal("12345678901234567.25"),
    ],
    "i": [None, -7, 0, 3, 2**63 - 1],
    "d": [
        None,
        date(1, 1, 1),
        date(2026, 2, 28),
        date(2026, 11, 23),
        date(9999, 12, 31),
    ],
    "m": [None, "2025-12", "2026-01", "2026-11"],
}
ROWS: list[dict[str, Any]] = [
    {
        name: values[(place * step + place // 7) % len(values)] or None
        if name == "a"
        else values[(place * step + place // 7) % len(values)]
        for step, (name, values) in enumerate(VALUES.items(), start=1)
    }
    for place in range(60)
]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda cell, value: cell is not None and cell == value,
    "ne": lambda cell, value: cell is None or cell != value,
    "gt": lambda cell, value: cell is not None and cell > value,
    "gte": lambda cell, value: cell is not None and cell >= value,
    "lt": lambda cell, value: cell is not None and cell < value,
    "lte": lambda cell, value: cell is not None and cell <= value,
    "in": lambda cell, value: cell is not None and cell in value,
    "contains": lambda cell, value: cell is not None and value.lower() in cell.lower(),
    "starts": lambda cell, value: (
        cell is not None and cell.lower().startswith(value.lower())
    ),
    "empty": lambda cell, value: (cell is None) is value,
}


def short(name: str) -> st.SearchStrategy[Any]:
    """Values that a query may name."""
    return st.sampled_from(
        [v for v in VALUES[name] if v is not None and len(str(v)) < 99]
    )


@st.composite
def field_filters(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(list(KINDS)))
    of_texts = ("contains", "starts")
    fit = [o for o in COMPARISONS if o not in of_texts or name in "am"]
    operator = draw(st.sampled_from(fit))
    match operator:
        case "empty":
            value = draw(st.booleans())
        case "in":
            value = draw(st.lists(short(name), max_size=4))
        case "contains" | "starts":
            value = draw(st.sampled_from(["红", "%", "_", "\\", "B", "2026", "'", ""]))
        case _other:
            value = draw(short(name))
    return {name: {operator: value}}


FILTERS = st.recursive(
    field_filters(),
    lambda inner: st.one_of(
        st.builds(lambda members: {"$and": members}, st.lists(inner, max_size=3)),
        st.builds(lambda members: {"$or": members}, st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)
ORDERS = st.sampled_from(["", *KINDS, *(f"-{name}" for name in KINDS)])


def holds(raw: dict[str, Any], row: dict[str, Any]) -> bool:
    ((key, value),) = raw.items()
    if key == "$and":
        return all(holds(member, row) for member in value)
    if key == "$or":  # an empty one says nothing, as in CKAN
        return not value or any(holds(member, row) for member in value)
    ((operator, operand),) = value.items()
    return COMPARISONS[operator](row[key], operand)


def as_json(raw: Any) -> Any:
    match raw:
        case dict():
            return {key: as_json(value) for key, value in raw.items()}
        case list():
            return [as_json(value) for value in raw]
        case date() | Decimal():
            return str(raw)
        case _plain:
            return raw


def in_order(rows: list[tuple[int, dict[str, Any]]], sort: str) -> list[int]:
    """Numbers of the rows, those without a value last."""
    name, falls = sort.removeprefix("-"), sort.startswith("-")

    def compare(
        one: tuple[int, dict[str, Any]], other: tuple[int, dict[str, Any]]
    ) -> int:
        sign = -1 if falls else 1
        if name:
            a, b = one[1][name], other[1][name]
            if (a is None) != (b is None):
                return 1 if a is None else -1
            if a is not None and a != b:
                return sign if a > b else -sign
        return sign * (one[0] - other[0])

    return [number for number, _row in sorted(rows, key=cmp_to_key(compare))]


@pytest.fixture
def opened(stage: Stage) -> Callable[[], AbstractContextManager[Run]]:
    cells = [
        [str(number), *("" if value is None else str(value) for value in row.values())]
        for number, row in enumerate(ROWS, start=1)
    ]
    return stage(TABLE, cells)


def walk(
    run: Run, selection: Selection, order: Order, size: int
) -> tuple[list[list[int]], list[list[int]]]:
    """Numbers of the rows page by page: from the first page on, and back to it."""
    row = [selection.fields["row"]]
    forward: list[list[int]] = []
    page = query.read_page(run, selection, row, order, size, 1, words)
    while True:
        forward.append([record["row"] for record in page.records])
        if page.next is None:
            break
        page = query.read_page(
            run, selection, row, order, size, 1, words, page_after=page.next
        )
    back = [forward[-1]]
    while page.previous:
        page = query.read_page(
            run, selection, row, order, size, 1, words, page_before=page.previous
        )
        back.append([record["row"] for record in page.records])
    return forward, back


def test_every_page_of_every_question(
    opened: Callable[[], AbstractContextManager[Run]],
):
    with opened() as run:
        fields = query.queried_fields(TABLE, run.columns(NAME))

        @given(raw=FILTERS, sort=ORDERS, size=st.integers(1, 20))
        def check(raw: dict[str, Any], sort: str, size: int) -> None:
            condition = query.parse_filters(as_json(raw), fields, words)
            selection = Selection(NAME, fields, condition)
            order = query.parse_order(sort, fields, len(ROWS), Order(), words)
            matching = [
                (number, row)
                for number, row in enumerate(ROWS, start=1)
                if holds(raw, row)
            ]
            expected = in_order(matching, sort)

            total = query.count(run, selection, 0)
            forward, back = walk(run, selection, order, size)

            assert (total.count, total.is_exact) == (len(matching), True)
            pages = [expected[at : at + size] for at in range(0, len(expected), size)]
            assert forward == (pages or [[]])
            assert [n for page in reversed(back) for n in page] == expected

        check()


@given(text=st.text(max_size=5), name=st.sampled_from(list(KINDS)))
def test_a_value_is_read_or_refused(text: str, name: str):
    field = Field(name, KINDS[name])
    with suppress(QueryError):  # and no other error
        value = query.parse_value(field, text, "filters", words)
        assert query.parse_value(field, str(value), "filters", words) == value
