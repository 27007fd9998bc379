"""From a file to what the gate says of it: read, then checked, in one report.

Keeps nothing and publishes nothing: the gate, and whoever tries a file, get the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ckanext.gpo import intake
from ckanext.gpo.common.tables import Table

from . import engine, override
from .engine import Reference, storable
from .progress import CHECKING, READING, OnProgress, Progress
from .reception import corrections, reading


def examine(
    path: Path,
    table: Table,
    source: Mapping[str, Any],
    references: list[Reference],
    folder: Path,
    limits: intake.Limits,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """The report of a file that is meant for a table, see `engine.check` and `reading.merge`.

    :param source: what the source says of the file, see `Declaration.from_descriptor`,
        which goes before what the schema says of all; and the `corrections` of its cells
    :param folder: where the clean table and, as `SPOOL`, its parsed rows are left
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
        corrections=corrected,
        on_rows=lambda rows, share: tell(Progress(READING, rows, share=share)),
    )
    report = _check(clean, table, references, folder / SPOOL, tell)
    return reading.merge(report, clean, table)


SPOOL = "rows.csv"
"""The parsed rows in canonical form, see `engine.rows`."""


def _check(
    clean: intake.CleanTable,
    table: Table,
    references: list[Reference],
    spool: Path,
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
        on_rows=lambda rows: tell(Progress(CHECKING, rows, clean.rows)),
    )
    if override.blockers(report):
        return report
    return storable.merge(report, storable.faults(spool, table))


def _tell_nobody(progress: Progress) -> None:
    pass
