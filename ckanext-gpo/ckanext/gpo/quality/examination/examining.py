"""Reads a file and has it checked: the reader's report and the engine's, in one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ckanext.gpo import intake
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality import engine, faults
from ckanext.gpo.quality.engine import OnFact, Reference, storable
from ckanext.gpo.quality.faults import FaultLog
from ckanext.gpo.quality.reception import corrections, reading

from .progress import CHECKING, READING, OnProgress, Progress


def examine(
    path: Path,
    table: Table,
    source: Mapping[str, Any],
    references: list[Reference],
    folder: Path,
    limits: intake.Limits,
    *,
    published_rows: int = 0,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """The report of a file that is meant for a table, see `check`.

    :param source: what the source says of the file, see `Declaration.from_descriptor`,
        which goes before what the schema says of all; and the `corrections` of its cells
    :param folder: where the clean table is left, its parsed rows as `SPOOL`, and the cards
        of all faults, see `faults`
    :param published_rows: how many rows of the table are public now
    :raises IntakeError: the file cannot be read
    """
    declared = table.schema.get("gpo:intake", {})
    source, corrected = corrections.split(source)
    declaration = intake.Declaration.from_descriptor({**declared, **source})
    tell = on_progress or _tell_nobody
    tell(Progress(READING))
    clean = intake.read(
        path,
        table,
        declaration,
        folder,
        limits,
        published_rows=published_rows,
        corrections=corrected,
        on_rows=lambda rows, share: tell(Progress(READING, rows, share=share)),
    )
    return check(clean, table, references, folder, folder / SPOOL, on_progress)


SPOOL = "rows.csv"
"""The parsed rows in canonical form, see `engine.rows`."""


def check(
    clean: intake.CleanTable,
    table: Table,
    references: list[Reference],
    folder: Path,
    spool: Path | None,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """The report of a clean table, see `engine.check`, `reading.describe`, `faults.gather`.

    :param spool: where its parsed rows go; without it none are looked at that the platform
        cannot keep
    """
    in_file = reading.InFile(clean, table)
    with FaultLog(folder) as log:
        for fact, clean_row in in_file.findings():
            row = None if intake.is_layout(fact["rule"]) else fact.get("row")
            log.add(fact, faults.Place(row, clean_row), by_reader=True)

        def keep(fact: dict[str, Any]) -> None:
            placed = in_file.checked(fact)
            log.add(placed, faults.Place(placed.get("row"), fact.get("row")))

        tell = on_progress or _tell_nobody
        report = _check(clean, table, references, spool, keep, tell)
    summary = faults.gather(log, clean.path, table, report["rows"], folder)
    return {**report, **reading.describe(clean), **summary}


def _check(
    clean: intake.CleanTable,
    table: Table,
    references: list[Reference],
    spool: Path | None,
    on_fact: OnFact,
    tell: OnProgress,
) -> dict[str, Any]:
    if not reading.is_checkable(clean):
        return engine.unchecked(table, clean.rows)
    tell(Progress(CHECKING, 0, clean.rows))
    report = engine.check(
        clean.path,
        table,
        references,
        spool,
        on_fact=on_fact,
        on_rows=lambda rows: tell(Progress(CHECKING, rows, clean.rows)),
    )
    are_cleared = not report["examined"] and report["slow"] is None
    if spool is None or are_cleared or engine.blockers(report):
        return report
    return storable.merge(report, storable.faults(spool, table, on_fact))


def _tell_nobody(progress: Progress) -> None:
    pass
