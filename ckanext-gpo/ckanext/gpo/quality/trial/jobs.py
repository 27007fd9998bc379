"""The job of a trial: read, check, report."""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from ckanext.gpo.common import tables
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.quality import config, engine, examination
from ckanext.gpo.quality.engine import limits
from ckanext.gpo.quality.examination import ProgressNote
from ckanext.gpo.quality.faults import SIZES, clipped
from ckanext.gpo.quality.publication import references

from . import files

EXAMPLES = 5
"""Errors of each rule and field that a report keeps; the counts are complete."""

LONGEST_CELL = 300
"""Characters of a cell that it keeps."""


def check(id_: str, table_ref: str) -> dict[str, Any]:
    """Check the file of a trial; returns its report, see `examination.examine`."""
    table = tables.table(table_ref)
    with tempfile.TemporaryDirectory(prefix="gpo-trial-") as name:
        folder = Path(name)
        received = files.take(id_, folder)
        examine = partial(
            examination.examine,
            received,
            table,
            {},
            references.published_keys(table),
            folder,
            config.trial_limits(),
            published_rows=references.published_rows(table),
            on_progress=ProgressNote(id_),
        )
        try:
            report = limits.run(
                examine,
                seconds=config.max_trial_time(),
                memory=config.max_check_memory() << 20,
            )
        except CandidateError as err:
            report = engine.unreadable(err, table)
    return _brief(report)


def _brief(report: dict[str, Any]) -> dict[str, Any]:
    """The report with a few short examples: it lies in Redis, whoever asked for it."""
    counts: Counter[tuple[str, str | None]] = Counter()
    errors: list[dict[str, Any]] = []
    for error in report["errors"]:
        group = (error["rule"], error.get("field"))
        counts[group] += 1
        if counts[group] <= EXAMPLES:
            cells = [clipped(cell, LONGEST_CELL) for cell in error.get("cells", ())]
            errors.append(error | ({"cells": cells} if cells else {}))
    # All cards lie in the folder, which is gone.
    return {name: part for name, part in report.items() if name != SIZES} | {
        "errors": errors
    }
