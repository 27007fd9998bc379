"""A clean table, written as an office would, comes back as it was or is held with its place.

The office puts titles above, totals and notes below, merges cells, and writes numbers,
dates and texts in its own ways. What may be read two ways is written too, and must then
be held where it stands. 示例数据.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake.grid import Cell, Merge

from tests.gpo.intake.sheets import FIELDS, TITLES, cells, read, steps

_Write = Callable[[Any], Cell]

_WIDE = {ord(a): ord(a) + 0xFEE0 for a in "0123456789.,-/:"}


def _wide(text: str) -> str:
    return text.translate(_WIDE)


SURE: dict[str, list[_Write]] = {
    "number": [
        str,
        lambda n: f"{n:,}",
        lambda n: _wide(f"{n:,}"),
        lambda n: f" {n}\u00a0",
        lambda n: f"{n}万元",
        lambda n: str(n).replace("-", "−"),
    ],
    "integer": [str, lambda n: f"{n:,}", lambda n: f"{n}.0", lambda n: _wide(str(n))],
    "date": [
        date.isoformat,
        lambda d: f"{d.year}年{d.month}月{d.day}日",
        lambda d: f"{d.year}.{d.month}.{d.day}",
        lambda d: f"{d:%Y%m%d}",
        lambda d: _wide(f"{d.year}/{d.month}/{d.day}"),
        lambda d: f"{d.isoformat()} 00:00:00",
    ],
    "string": [
        str,
        lambda t: f"{t} ",
        lambda t: f"\u200b{t}",
        lambda t: f"\ufeff{t}\u3000",
    ],
}
TYPED: dict[str, list[_Write]] = {
    "number": [*SURE["number"], lambda n: n, float],
    "integer": [*SURE["integer"], int, float],
    "date": [*SURE["date"], lambda d: datetime(d.year, d.month, d.day), lambda d: d],  # noqa: DTZ001
    "string": SURE["string"],
}
DOUBTFUL: dict[str, list[_Write]] = {
    "number": [
        lambda n: f"({abs(n)})",
        lambda n: f"△{abs(n)}",
        lambda n: f"{n}元",
        lambda n: f"约{abs(n)}",
        lambda _: "-",
    ],
    "integer": [lambda n: f"{abs(n)}-", lambda n: f"{n}%"],
    "date": [
        lambda d: f"{d.year % 100:02}/{d.month}/{d.day}",
        lambda d: f"{d.month}/{d.day}/{d.year}",
        lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
        lambda d: f"{d.year}年{d.month}月",
        lambda d: f"{d.isoformat()} 08:30",
    ],
    "string": [lambda t: f"{t}\ufffd", lambda t: f"{t}\ue000", lambda t: f"{t}\x01"],
}

names = st.text(st.sampled_from("示例天宁区街道工程甲乙丙丁"), min_size=2, max_size=8)
values = st.tuples(
    names,
    st.decimals(-10_000_000, 10_000_000, places=2),
    st.integers(-100_000, 100_000),
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
)
labels = [
    str,
    lambda label: f" {label}",
    lambda label: f"{label[:2]}\n{label[2:]}",
    lambda label: f"*{label}（必填）",
    lambda label: label.replace("", " ").strip(),
]
above = st.lists(
    st.sampled_from(["2025年示例表", "单位：万元", "填报单位：示例局", "", "（公开）"]),
    max_size=3,
)
between = st.sampled_from(["", "total", "subtotal", "header", "section", "note"])


@dataclass
class Office:
    """A file as it is written, and what must be read of it."""

    typed: bool
    rows: list[list[Cell]] = field(default_factory=list[list[Cell]])
    expected: list[list[str]] = field(default_factory=list[list[str]])
    source_rows: list[int] = field(default_factory=list[int])
    merges: list[Merge] = field(default_factory=list[Merge])
    doubtful: tuple[int, int] | None = None


@st.composite
def offices(draw: st.DrawFn, *, doubtful: bool = False) -> Office:
    office = Office(draw(st.booleans()))
    order = draw(st.permutations(range(len(FIELDS))))
    header = [draw(st.sampled_from(labels))(TITLES[index]) for index in order]
    office.rows += [[line] + [None] * 4 for line in draw(above)]
    office.rows.append(list(header))
    for number, row in enumerate(draw(st.lists(values, min_size=1, max_size=6))):
        if number:
            office.rows += _interruption(draw(between), header, order)
        _add(draw, office, order, [f"XM{number}", *row])
    _add_merge(draw, office, order)
    office.rows += draw(st.sampled_from([[], [["注：示例数据"] + [None] * 4]]))
    if doubtful:
        _add_doubt(draw, office, order)
    if not office.typed:
        office.rows = [["" if c is None else c for c in row] for row in office.rows]
    return office


def _interruption(kind: str, header: Sequence[str], order: Sequence[int]) -> list[Any]:
    blank: list[Cell] = [None] * len(order)
    label = {
        "total": "全区合计",
        "subtotal": "小 计",
        "section": "一、区级",
        "note": "注：示例",
    }
    if kind in label:
        place = order.index(1) if kind != "note" else 0
        row = blank.copy()
        row[place] = label[kind]
        if kind in ("total", "subtotal"):
            row[order.index(2)] = "99.5"
        return [row]
    return [list(header)] if kind == "header" else [blank]


def _add(draw: st.DrawFn, office: Office, order: Sequence[int], row: list[Any]) -> None:
    ways = TYPED if office.typed else SURE
    written = [
        draw(st.sampled_from(ways[FIELDS[index]["type"]]))(row[index])
        for index in order
    ]
    office.rows.append(written)
    office.source_rows.append(len(office.rows))
    code, name, amount, count, day = row
    office.expected.append([code, name, str(amount), str(count), day.isoformat()])


def _add_merge(draw: st.DrawFn, office: Office, order: Sequence[int]) -> None:
    """Merge the names of two rows that follow each other."""
    pairs = [
        index
        for index, (one, other) in enumerate(
            zip(office.source_rows, office.source_rows[1:], strict=False)
        )
        if other == one + 1
    ]
    if not office.typed or not pairs or not draw(st.booleans()):
        return
    index, column = draw(st.sampled_from(pairs)), order.index(1)
    top = office.source_rows[index]
    office.rows[top][column] = None
    office.expected[index + 1][1] = office.expected[index][1]
    office.merges.append(Merge(top, column + 1, top + 1, column + 1))


def _add_doubt(draw: st.DrawFn, office: Office, order: Sequence[int]) -> None:
    row = office.source_rows[draw(st.integers(0, len(office.source_rows) - 1))]
    column = draw(st.integers(0, len(order) - 1))
    merged = any(merge.first_column == column + 1 for merge in office.merges)
    kind = FIELDS[order[column]]["type"]
    samples: dict[str, Any] = {
        "string": f"示例{row}",
        "number": Decimal("12.5"),
        "integer": 7,
        "date": date(2012, 3, 5),
    }
    if merged:
        column, kind = order.index(2), "number"
    write = draw(st.sampled_from(DOUBTFUL[kind]))
    office.rows[row - 1][column] = write(samples[kind])
    office.doubtful = (row, column + 1)


def _equal(one: list[str], other: list[str]) -> bool:
    """The same texts, and the same numbers however many noughts they end with."""
    return [*one[:2], Decimal(one[2]), *one[3:]] == [
        *other[:2],
        Decimal(other[2]),
        *other[3:],
    ]


@given(offices())
def test_what_an_office_writes_comes_back(office: Office):
    with tempfile.TemporaryDirectory() as folder:
        result = read(
            office.rows, Path(folder), typed=office.typed, merges=office.merges
        )
        texts = cells(result)

    assert not result.findings
    assert len(texts) == len(office.expected)
    assert all(map(_equal, texts, office.expected))
    numbers = [result.source_row(row) for row in range(2, len(texts) + 2)]
    assert numbers == office.source_rows
    left_out = len(office.rows) - len(texts) - 1
    counted = steps(result)
    rows = ("rows-above", "rows-blank", "rows-total", "rows-note", "rows-section")
    assert sum(counted.get(code, 0) for code in (*rows, "header-repeated")) == left_out


@given(offices(doubtful=True))
def test_what_may_be_read_two_ways_is_held_where_it_stands(office: Office):
    with tempfile.TemporaryDirectory() as folder:
        result = read(
            office.rows, Path(folder), typed=office.typed, merges=office.merges
        )

    places = {
        (place.row, place.column)
        for finding in result.findings
        for place in finding.places
    }
    assert places == {office.doubtful}
    assert result.rows == len(office.expected)
