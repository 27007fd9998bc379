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
from .reception import reading


def examine(
    path: Path,
    table: Table,
    source: Mapping[str, Any],
    references: list[Reference],
    folder: Path,
    limits: intake.Limits,
    published_rows: int = 0,
) -> dict[str, Any]:
    """The report of a file that is meant for a table, see `engine.check` and `reading.merge`.

    :param source: what the source says of the file, see `Declaration.from_descriptor`; it
        goes before what the schema says of all
    :param folder: where the clean table and, as `SPOOL`, its parsed rows are left
    :param published_rows: how many rows of the table are public now
    :raises IntakeError: the file cannot be read
    """
    declared = table.schema.get("gpo:intake", {})
    declaration = intake.Declaration.from_descriptor({**declared, **source})
    clean = intake.read(path, table, declaration, folder, limits, published_rows)
    report = _check(clean, table, references, folder / SPOOL)
    return reading.merge(report, clean, table)


SPOOL = "rows.csv"
"""The parsed rows in canonical form, see `engine.rows`."""


def _check(
    clean: intake.CleanTable, table: Table, references: list[Reference], spool: Path
) -> dict[str, Any]:
    if not reading.is_checkable(clean):
        return engine.unchecked(table, clean.rows)
    report = engine.check(clean.path, table, references, spool)
    if override.blockers(report):
        return report
    return storable.merge(report, storable.faults(spool, table))
