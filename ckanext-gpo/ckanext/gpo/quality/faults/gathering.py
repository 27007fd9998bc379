"""From the log of faults to cards in the order of the rows, and to what a report says of them."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ckanext.gpo.common.duck import connect
from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake import FIRST_ROW
from ckanext.gpo.quality.engine import EXAMPLES, records_at

from .index import PIECE, SIZES, Group, Index
from .log import FILE, FaultLog, clipped
from .patterns import Patterns

FOLDER = "errors"
"""Where the pieces and their index are left, in the folder of the check."""

INDEX = "index.json"

ECHOES = ("type-error", "value-not-storable", "constraint-error")
"""Rules that say nothing new of a cell which the reader holds, since it stays as it stands."""

_BATCH = 10_000

_COLUMNS = {
    "row": "BIGINT",
    "clean_row": "BIGINT",
    "by_reader": "BOOLEAN",
    "rule": "VARCHAR",
    "field": "VARCHAR",
    "hint": "VARCHAR",
    "value": "VARCHAR",
    "file_column": "INTEGER",
    "fact": "VARCHAR",
}

_READ = f"""
    CREATE OR REPLACE TABLE log AS SELECT row_number() OVER () AS number, *
    FROM read_csv($path, columns={_COLUMNS}, header=false, auto_detect=false,
                  delim=',', quote='"', escape='"', nullstr='')"""  # noqa: S608 - made of constants

_SORT = f"""
    SELECT row, clean_row, by_reader, rule, field, hint, value, file_column, fact
    FROM log
    WHERE by_reader OR rule NOT IN {ECHOES} OR NOT EXISTS (
        SELECT 1 FROM log AS h
        WHERE h.by_reader AND h.row = log.row AND h.field = log.field)
    ORDER BY row NULLS FIRST, by_reader DESC, number"""  # noqa: S608 - made of constants


class Fault(NamedTuple):
    """A line of the log."""

    row: int | None
    clean_row: int | None
    by_reader: bool
    rule: str
    field: str | None
    hint: str | None
    value: str | None
    column: int | None
    fact: str
    """JSON."""


def gather(
    log: FaultLog, clean: Path, table: Table, rows: int, folder: Path
) -> dict[str, Any]:
    """Order the faults of a log into cards, and leave these in `FOLDER` inside a folder.

    :param clean: the clean table, for the cells of the faulty rows; `rows` are its rows
    :returns: `{valid, error_count, counts, errors, patterns, kept}`: counts
        `[{rule, field, count}]`, complete, the reader's first; errors the first `EXAMPLES`
        of each rule and field, in the order of the rows; patterns, see
        `patterns`; kept `{cards, rows, pieces}`
    """
    summary = _Summary(table, rows)
    index = Index([field["name"] for field in table.fields])
    if log.count:
        target = folder / FOLDER
        # an earlier check in the same folder may have left more pieces than this one will
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        with connect(folder, path=folder / "faults.duckdb") as connection:
            connection.execute(_READ, {"path": str(folder / FILE)})
            numbers = connection.execute(
                "SELECT DISTINCT clean_row FROM log"
                " WHERE row IS NOT NULL AND clean_row IS NOT NULL ORDER BY clean_row"
            ).fetchnumpy()["clean_row"]
            records = records_at(clean, ",", np.asarray(numbers, np.int64) - FIRST_ROW)
            cards = _cards(_sorted(connection.execute(_SORT)), records, summary)
            while piece := list(islice(cards, PIECE)):
                _write(piece, index, target)
        (target / INDEX).write_text(json.dumps(index.as_dict(), ensure_ascii=False))
    return summary.as_dict() | {
        SIZES: {
            "cards": sum(index.cards.get(("", ""), ())),
            "rows": summary.faulty_rows,
            "pieces": index.pieces,
        }
    }


def piece_name(number: int) -> str:
    return f"{number:05}.jsonl.gz"


def _sorted(cursor: Any) -> Iterator[Fault]:
    while batch := cursor.fetchmany(_BATCH):
        yield from map(Fault._make, batch)


class _Card(NamedTuple):
    line: str
    groups: tuple[Group, ...]


def _cards(
    faults: Iterator[Fault], records: Iterator[tuple[int, list[str]]], summary: _Summary
) -> Iterator[_Card]:
    numbered = enumerate(faults)
    # a row has one card, whatever is wrong with it; the file has one for each fault
    for _, group in groupby(numbered, key=lambda pair: (pair[1].row, _alone(*pair))):
        row_faults = [fault for _, fault in group]
        first = row_faults[0]
        cells: Sequence[str] = ()
        if first.row is not None and first.clean_row is not None:
            number = first.clean_row - FIRST_ROW
            # rows whose every fault was an echo have none left, and are passed over
            cells = next(record for place, record in records if place == number)
        for fault in row_faults:
            summary.add(fault, cells)
        yield _card(first.row, cells, row_faults)


def _alone(number: int, fault: Fault) -> int | None:
    return number if fault.row is None else None


def _card(row: int | None, cells: Sequence[str], faults: list[Fault]) -> _Card:
    facts = ", ".join(fault.fact for fault in faults)
    line = (
        f'{{"row": {"null" if row is None else row}, "cells": {_json(cells)},'
        f' "faults": [{facts}]}}\n'
    )
    return _Card(line, tuple((fault.rule, fault.field or "") for fault in faults))


_json = json.JSONEncoder(ensure_ascii=False).encode


def _write(piece: list[_Card], index: Index, target: Path) -> None:
    lines = "".join(card.line for card in piece).encode()
    packed = gzip.compress(lines, compresslevel=3, mtime=0)
    (target / piece_name(index.pieces)).write_bytes(packed)
    index.add_piece(Counter(card.groups for card in piece))


class _Summary:
    """What the report itself says of all faults."""

    def __init__(self, table: Table, rows: int) -> None:
        self._reader_counts: Counter[tuple[str, str | None]] = Counter()
        self._check_counts: Counter[tuple[str, str | None]] = Counter()
        self._examples: list[dict[str, Any]] = []
        self._patterns = Patterns(table, rows)
        self._last_row: int | None = None
        self.faulty_rows = 0

    def add(self, fault: Fault, cells: Sequence[str]) -> None:
        group = (fault.rule, fault.field)
        counts = self._reader_counts if fault.by_reader else self._check_counts
        counts[group] += 1
        if counts[group] <= EXAMPLES:
            example = json.loads(fault.fact)
            if cells:
                example["cells"] = [clipped(cell) for cell in cells]
            self._examples.append(example)
        if fault.row is not None and fault.row != self._last_row:
            self._last_row = fault.row
            self.faulty_rows += 1
        self._patterns.add(
            fault.rule,
            fault.field,
            row=fault.row,
            clean_row=fault.clean_row,
            column=fault.column,
            hint=fault.hint or "",
            value=fault.value,
        )

    def as_dict(self) -> dict[str, Any]:
        groups = [*self._reader_counts.most_common(), *self._check_counts.most_common()]
        return {
            "valid": not groups,
            "error_count": sum(count for _, count in groups),
            "counts": [
                {"rule": rule, "field": field, "count": count}
                for (rule, field), count in groups
            ],
            "errors": self._examples,
            "patterns": self._patterns.as_list(),
        }
