"""The facts of faults in the order in which they come, on disk."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from typing_extensions import Self

FILE = "faults.csv"

LONGEST_VALUE = 1_000
"""Characters of a value that a fact keeps; the cells on its card stand there whole."""


def clipped(text: str, length: int = LONGEST_VALUE) -> str:
    """A text of so many characters at most, with an ellipsis where some are left out.

    >>> clipped("常州市天宁区", 3), clipped("常州", 3)
    ('常州市…', '常州')
    """
    return text if len(text) <= length else text[:length] + "…"


class Place(NamedTuple):
    """Where a fault belongs: its row in the file and in the clean table, both from 1.

    `row` is None for what concerns the file or its header, `clean_row` for a row that the
    clean table has left out.
    """

    row: int | None = None
    clean_row: int | None = None


class FaultLog:
    """Takes faults while a file is read and checked; memory does not grow with them.

    `by_reader` are those of the reader: their cells stay as they stand in the file, and what the
    check says of such a cell is an echo.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.count = 0

    def __enter__(self) -> Self:
        self._file = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(
        self, fact: dict[str, Any], place: Place, *, by_reader: bool = False
    ) -> None:
        """Keep a fact, see `engine.check`, without its cells."""
        value = fact.get("value")
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            value = clipped(value)
            fact = fact | {"value": value}
        self._writer.writerow(
            (
                *place,
                int(by_reader),
                fact["rule"],
                fact.get("field"),
                _hint(fact),
                value,
                fact.get("column"),
                _json(fact),
            )
        )
        self.count += 1


_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


def _hint(fact: dict[str, Any]) -> str:
    """What tells the faults of one rule apart: a constraint, or the part of a code."""
    if fact["rule"] in ("code-error", "personal-data"):
        return fact["note"]
    return fact.get("constraint") or ""
