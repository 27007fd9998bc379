"""`clean`, `faulty`, `xlsx`, `growth`: from a file to its verdict, beside Frictionless alone.

Both are given the same file and schema and find the same errors, which is asserted. Each
check runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from frictionless import Dialect, Schema
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from ckanext.gpo import intake
from ckanext.gpo.quality import engine, examination

from bench import gate_table
from bench.figure import Figure, Stopwatch, alone, peak_memory

ROWS = 1_000_000
FAULTS = 30_000
XLSX_ROWS = 100_000
GROWTH = (10_000, 100_000, 1_000_000, 10_000_000)
PEER = "Frictionless"

Outcome = tuple[float, int, int]
"""Seconds, errors, peak of memory in MiB."""


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as name:
        folder = Path(name)
        clean = gate_table.write(folder / "clean.csv", ROWS)
        yield from _figures("clean", clean, ROWS)
        faulty = with_faults(clean, folder / "faulty.csv", ROWS, FAULTS)
        yield from _figures("faulty", faulty, ROWS)
        xlsx = gate_table.write_xlsx(folder / "table.xlsx", XLSX_ROWS, inline=True)
        yield from _figures("xlsx", xlsx, XLSX_ROWS)
        clean.unlink()
        for rows in GROWTH:
            path = gate_table.write(folder / "growth.csv", rows)
            seconds, errors, memory = alone(_ours, path)
            _require(errors == 0, "the growing table has errors")
            yield Figure("growth", round(seconds, 3), "s", n=rows)
            yield Figure("growth_memory", memory, "MiB", n=rows)


def _figures(name: str, path: Path, rows: int) -> Iterator[Figure]:
    seconds, errors, memory = alone(_ours, path)
    peer_seconds, peer_errors, _ = alone(_frictionless, path)
    _require(errors == peer_errors, f"{errors} errors, Frictionless has {peer_errors}")
    yield Figure.from_times(name, seconds, PEER, peer_seconds, rows)
    yield Figure(f"{name}_errors", errors, "errors", PEER, peer_errors, n=rows)
    yield Figure(f"{name}_memory", memory, "MiB", n=rows)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)


def _ours(path: Path) -> Outcome:
    engine.warm_up()
    table = gate_table.table()
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as name, Stopwatch() as watch:
        clean = intake.read(
            path, table, intake.Declaration(), Path(name), intake.Limits()
        )
        report = examination.check(clean, table, [], Path(name), None)
    return watch.seconds, report["error_count"], peak_memory()


def _frictionless(path: Path) -> Outcome:
    engine.warm_up()
    csv_only = Dialect(controls=[CsvControl(delimiter=",", quote_char='"')])
    plain = {"dialect": csv_only, "encoding": "utf-8"} if path.suffix == ".csv" else {}
    with Stopwatch() as watch:
        table = TableResource(
            path=path.name,
            basepath=str(path.parent),
            schema=Schema.from_descriptor(gate_table.table().schema),
            **plain,
        )
        report = table.validate(limit_errors=ROWS * 10)
    return watch.seconds, len(report.task.errors), peak_memory()


# Files


def with_faults(clean: Path, path: Path, rows: int, faults: int) -> Path:
    """Every kind of fault that a cell can have, in equal numbers.

    Blank, short and long rows are the reader's: it has steps and findings of its own.

    :param rows: of the clean table; `faults` how many of them are spoiled
    """
    numbers = set(random.Random(5).sample(range(1, rows), faults))
    number, previous = 0, [""]
    with (
        clean.open(encoding="utf-8", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.reader(source)
        writer = csv.writer(target)
        writer.writerow(next(rows))
        for index, row in enumerate(rows):
            if index in numbers:
                spoil = _FAULTS[number % len(_FAULTS)]
                writer.writerow(spoil(row, previous))
                number += 1
            else:
                writer.writerow(row)
            previous = row
    return path


def _put(column: int, value: str) -> Callable[[list[str], list[str]], list[str]]:
    return lambda row, _: [*row[:column], value, *row[column + 1 :]]


_FAULTS: list[Callable[[list[str], list[str]], list[str]]] = [
    _put(0, "WH32"),  # pattern
    _put(1, ""),  # required
    _put(2, "电影院"),  # enumeration
    _put(4, "-1"),  # range
    _put(6, "很多"),  # type
    _put(7, "2017-02-30"),  # a day that does not exist
    lambda row, previous: [previous[0], *row[1:]],  # the key of the row before
]
