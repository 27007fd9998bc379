"""The job of a trial: read, check, report."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from ckanext.gpo.common import tables
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.quality import config, engine, examination
from ckanext.gpo.quality.engine import limits
from ckanext.gpo.quality.references import published_rows, references

from . import files


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
            references(table),
            folder,
            config.trial_limits(),
            published_rows=published_rows(table),
        )
        try:
            return limits.run(
                examine,
                seconds=config.max_trial_time(),
                memory=config.max_check_memory() << 20,
            )
        except CandidateError as err:
            return engine.unreadable(err, table)
