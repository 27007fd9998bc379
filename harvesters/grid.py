"""A sheet or CSV before anything is known about its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Span = Mapping[tuple[int, int], int]


@dataclass
class Grid:
    """Numbered rows of cells.

    :param label: file, and sheet if it has one, for people
    :param spans: vertically merged cells: (row, column) of the first to the last row
    :param ragged: a row may have more cells than the header, which is then a fault
    """

    label: str
    rows: Iterator[tuple[int, Sequence[Any]]]
    spans: Span = field(default_factory=dict[tuple[int, int], int])
    epoch: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    ragged: bool = False
