"""What a publication changed, and the Parquet files that tell it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import duckdb

from ckan import model
from ckan.lib.files import exc

from ckanext.gpo.common.comparison import Comparison
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage
from ckanext.gpo.quality.workflow import State

log = logging.getLogger(__name__)


def count_changes(version: Version, new: Path | None, folder: Path) -> dict[str, Any]:
    """What the public sees change when this version is published, see `Version.changes`.

    Compared is the version that was public last and was not taken back, so that every
    reader may look at the difference. A comparison that fails holds up no publication.

    :param new: the version's own Parquet file, in the folder
    """
    previous = model.Session.scalar(
        Version.history(version.package_id)
        .where(
            Version.number < version.number,
            Version.published.is_not(None),
            Version.state != State.WITHDRAWN.value,
        )
        .limit(1)
    )
    if previous is None:
        return {"previous": None, "totals": None}
    totals = None
    try:
        old = parquet(previous, folder)
        if old and new:
            with Comparison(old, new, record_key(version), folder) as comparison:
                totals = comparison.totals().as_dict()
    except (duckdb.Error, exc.FilesError, OSError):
        log.exception("Version %s: not compared with %s", version.id, previous.id)
    return {"previous": previous.number, "totals": totals}


def parquet(version: Version, folder: Path) -> Path | None:
    """A version's Parquet file, brought into the folder; None if it keeps none."""
    file = (version.files or {}).get("parquet")
    return storage.fetch(file["location"], folder) if file else None


def record_key(version: Version) -> tuple[str, ...]:
    """The columns that name a record of the version's table, by today's schema."""
    return table(version.table_ref).primary_key
