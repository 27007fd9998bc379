"""The parsed rows on disk: what the check leaves for everything after it.

A CSV in UTF-8: a header of field names, then every row with its cells in canonical form
(see `cells.canonical`), empty for missing.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import attrs
from frictionless import Check, Error, Row

from .cells import canonical

LONGEST_ROW = 16 << 20
"""Bytes. DuckDB reads in blocks of one row at least, and holds some of them."""

ROWS_AT_ONCE = 1000
"""Rows after which a `RowCount` says so."""


@attrs.define(kw_only=True, repr=False)
class Spool(Check):
    """No check: keeps the parsed rows while they pass, so that nothing is parsed twice.

    Writes a CSV with the fields in the schema's order and cells in canonical form (see
    `cells.canonical`); with `numbered`, without a header and with the number of the row
    in front.
    """

    type = "gpo-spool"
    Errors: ClassVar[list[type[Error]]] = []

    path: Path
    field_names: list[str]
    numbered: bool = False

    def validate_start(self) -> Iterable[Error]:
        self._file = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        if not self.numbered:
            self._writer.writerow(self.field_names)
        return []

    def validate_row(self, row: Row) -> Iterable[Error]:
        cells = [canonical(row.get(name)) for name in self.field_names]
        self._writer.writerow([row.row_number, *cells] if self.numbered else cells)
        return []

    def validate_end(self) -> Iterable[Error]:
        self._file.close()
        return []


@attrs.define(kw_only=True, repr=False)
class RowCount(Check):
    """No check: tells how many rows have passed, now and then."""

    type = "gpo-row-count"
    Errors: ClassVar[list[type[Error]]] = []

    on_rows: Callable[[int], None]
    count: int = 0

    def validate_row(self, row: Row) -> Iterable[Error]:
        self.count += 1
        if not self.count % ROWS_AT_ONCE:
            self.on_rows(self.count)
        return []


@dataclass(frozen=True)
class Source:
    """A spool as a table of texts in SQL, NULL for missing: `sql` and its `parameters`.

    A text with a line feed or a carriage return stands in quotes. DuckDB raises
    `InvalidInputException` where a row is longer than `LONGEST_ROW`.
    """

    spool: Path
    names: Sequence[str]

    sql = (
        "read_csv($spool, columns=$columns, skip=1, header=false, auto_detect=false,"
        " delim=',', quote='\"', escape='\"', nullstr='', max_line_size=$longest,"
        " buffer_size=$longest)"
    )

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "spool": str(self.spool),
            "columns": dict.fromkeys(self.names, "VARCHAR"),
            "longest": LONGEST_ROW,
        }
