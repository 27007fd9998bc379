"""Runs of sources, as the ledger keeps them: begun by whom, and how they ended."""

from __future__ import annotations

import sqlalchemy as sa

from ckanext.gpo.common import ledger
from ckanext.gpo.common.context import current_actor
from ckanext.harvest.model import HarvestJob, HarvestObject

ROOM = "harvest"
RUN = "harvest-run"


def listen() -> None:
    """Record runs from here on."""
    ledger.listen("gpo_harvest", HarvestJob, "after_insert", _created)
    ledger.listen("gpo_harvest", HarvestJob, "after_update", _changed)


def _created(connection: sa.Connection, job: HarvestJob) -> None:
    _record(connection, job, "created", None, {})


def _changed(connection: sa.Connection, job: HarvestJob) -> None:
    if not ledger.is_changed(job, "status"):
        return
    replaced = sa.inspect(job).attrs.status.history.deleted
    previous = replaced[0].lower() if replaced else None
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
