"""Records as rows: what JSON, XML and databases hold, under a header of their keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias, cast

from ckanext.gpo.intake.grid import Cell, Row
from ckanext.gpo.intake.steps import IntakeError, Place

from .limits import Limits

Record: TypeAlias = Mapping[str, Any]
HEADER: int = 0
"""The number of the row of keys: it is in no line of the file, records count from 1."""


def flatten(record: Record) -> dict[str, Cell]:
    """A record's cells by its keys; the keys of a record within it are joined by `/`.

    A list is a cell too, as JSON text.

    >>> flatten({"编号": 1, "地址": {"街道": "红梅"}, "标签": ["甲", "乙"]})
    {'编号': 1, '地址/街道': '红梅', '标签': '["甲", "乙"]'}
    """
    cells: dict[str, Cell] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            inner = flatten(cast("Record", value))
            cells |= {f"{key}/{name}": cell for name, cell in inner.items()}
        else:
            cells[str(key)] = to_cell(value)
    return cells


def to_cell(value: Any) -> Cell:
    """A value of a library as a cell: lists as JSON text, whole decimals as integers."""
    if isinstance(value, list | tuple | dict):
        return as_json(value)
    if isinstance(value, Decimal) and value.is_finite():
        exponent = value.as_tuple().exponent
        return int(value) if isinstance(exponent, int) and exponent >= 0 else value
    return value if value != "" else None


def as_json(value: Any) -> str:
    """A nested value as JSON text, on one line."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def header(records: Iterable[Record], limits: Limits) -> list[str]:
    """All keys of all records, in the order in which they first come.

    :raises IntakeError: `columns-too-many`
    """
    keys: dict[str, None] = {}
    for record in records:
        keys.update(dict.fromkeys(flatten(record)))
        if len(keys) > limits.columns:
            raise IntakeError("columns-too-many", limit=limits.columns)
    return list(keys)


def rows(
    records: Iterable[tuple[int, Record]], keys: list[str], limits: Limits
) -> Iterator[Row]:
    """The header and the records, each with its number.

    :raises IntakeError: `rows-too-many`
    """
    yield HEADER, keys
    for count, (number, record) in enumerate(records, 1):
        if count > limits.rows:
            raise IntakeError("rows-too-many", Place(row=number), limit=limits.rows)
        cells = flatten(record)
        yield number, [cells.get(key) for key in keys]
