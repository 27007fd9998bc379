"""`office`, `xlsx`, `xls`: workbooks from the file to the report of its check.

Turns of ours and the peer's alternate, each in a process of its own, so that its peak of
memory is its own. The figures are those of the turn with the median ratio.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frictionless import Schema
from frictionless.resources import TableResource

from ckanext.gpo import intake
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality import engine, examination

from bench import gate_table, office
from bench.figure import Figure, Stopwatch, alone, peak_memory

TURNS = 3


@dataclass(frozen=True)
class Reading:
    """What a way of reading a file took."""

    seconds: float
    memory: int
    """Peak of the process, in MiB."""
    rows: int


@dataclass(frozen=True)
class Case:
    """A file of so many rows, and who else reads it."""

    file: str
    rows: int
    write: Callable[[Path, int], Any]
    table: Callable[[], Table]
    peer: Callable[[Path, Table], Reading]
    peer_name: str

    @property
    def name(self) -> str:
        return Path(self.file).stem


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as folder:
        for case in CASES:
            path = Path(folder) / case.file
            alone(case.write, path, case.rows)
            yield from measure(case, path)


def measure(case: Case, path: Path) -> Iterator[Figure]:
    turns = sorted((_turn(case, path) for _ in range(TURNS)), key=_ratio)
    ours, peer = turns[len(turns) // 2]
    yield Figure.from_times(
        case.name, ours.seconds, case.peer_name, peer.seconds, case.rows
    )
    yield Figure(
        f"{case.name}_memory",
        ours.memory,
        "MiB",
        case.peer_name,
        peer.memory,
        round(peer.memory / ours.memory, 2),
        case.rows,
    )


def _turn(case: Case, path: Path) -> tuple[Reading, Reading]:
    ours = alone(examine, path, case.table())
    peer = alone(case.peer, path, case.table())
    for reading in (ours, peer):
        if reading.rows != case.rows:
            raise RuntimeError(f"{case.name}: {reading.rows} rows of {case.rows}")
    return ours, peer


def _ratio(turn: tuple[Reading, Reading]) -> float:
    ours, peer = turn
    return peer.seconds / ours.seconds


# Ways of reading


def examine(path: Path, table: Table) -> Reading:
    """Ours: read and checked, with the spool that publishing starts from."""
    engine.warm_up()
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as folder:
        with Stopwatch() as watch:
            report = examination.examine(
                path, table, {}, [], Path(folder), intake.Limits()
            )
        if not report["valid"]:
            raise RuntimeError(f"not valid: {report['errors'][:3]}")
    return Reading(watch.seconds, peak_memory(), report["rows"])


def validate(path: Path, table: Table) -> Reading:
    """Frictionless: a file without titles and totals, read and checked."""
    engine.warm_up()
    resource = TableResource(
        path=path.name,
        basepath=str(path.parent),
        schema=Schema.from_descriptor(table.schema),
    )
    with Stopwatch() as watch:
        report = resource.validate()
    if not report.valid:
        raise RuntimeError(f"not valid: {report.flatten()[:3]}")
    return Reading(watch.seconds, peak_memory(), report.tasks[0].stats["rows"])


def read_only(path: Path, _table: Table) -> Reading:
    """pandas with calamine: the values below the header, and nothing checked."""
    import pandas as pd  # noqa: PLC0415 - is no part of the memory of the others

    with Stopwatch() as watch:
        frame = pd.read_excel(path, engine="calamine", header=[1, 2], skipfooter=1)
    return Reading(watch.seconds, peak_memory(), len(frame))


CASES = (
    Case(
        "office.xlsx",
        300_000,
        office.write,
        office.table,
        read_only,
        "pandas and calamine, unchecked",
    ),
    Case(
        "xlsx.xlsx",
        100_000,
        gate_table.write_xlsx,
        gate_table.table,
        validate,
        "Frictionless",
    ),
    Case(
        "xls.xls",
        65_000,
        gate_table.write_xls,
        gate_table.table,
        validate,
        "Frictionless",
    ),
)
