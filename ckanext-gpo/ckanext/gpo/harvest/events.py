"""Runs of sources, as the ledger keeps them: begun by whom, and how they ended."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm.attributes import instance_state

from ckanext.gpo.common import ledger
from ckanext.gpo.common.context import current_actor
from ckanext.harvest.model import HarvestJob, HarvestObject

ROOM = "harvest"
RUN = "harvest-run"


def listen() -> None:
    """Record runs from here on; told once, however often it is called."""
    for name, listener in {
        "after_insert": _created,
        "after_update": _changed,
    }.items():
        if not event.contains(HarvestJob, name, listener):
            event.listen(HarvestJob, name, listener)


def _created(_: Any, connection: sa.Connection, job: HarvestJob) -> None:
    _record(connection, job, "created", None, {})


def _changed(_: Any, connection: sa.Connection, job: HarvestJob) -> None:
    history = instance_state(job).attrs.status.history
    if not history.has_changes():
        return
    previous = history.deleted[0].lower() if history.deleted else None
    facts = _results(connection, job.id) if job.status == "Finished" else {}
    _record(connection, job, job.status.lower(), previous, facts)


def _results(connection: sa.Connection, job_id: str) -> dict[str, int]:
    """How many tables ended how: added, updated, not modified, errored."""
    result = sa.func.coalesce(HarvestObject.report_status, HarvestObject.state)
    rows = connection.execute(
        sa.select(sa.func.lower(result), sa.func.count())
        .where(HarvestObject.harvest_job_id == job_id)
        .group_by(result)
    )
    return dict(rows.tuples().all())


def _record(
    connection: sa.Connection,
    job: HarvestJob,
    what: str,
    previous: str | None,
    facts: dict[str, int],
) -> None:
    ledger.record(
        ROOM,
        RUN,
        job.id,
        what,
        current_actor(),
        parent=job.source_id,
        from_state=previous,
        facts=facts,
        connection=connection,
    )
