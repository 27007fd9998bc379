"""Jobs of sources: started together, followed until they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.logic import HarvestJobExists
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource

from . import handover


@dataclass(frozen=True)
class Item:
    """One table of a job, or the job itself where its gathering failed."""

    source: str
    table: str
    state: str
    message: str = ""


def start(name: str | None = None) -> list[str]:
    """Start a job for every active source of ours, or for one.

    :returns: ids of the jobs; where one is under way already, that one's
    :raises ObjectNotFound: there is no such active source
    """
    sources = [
        (source.id, package_name)
        for source, package_name in model.Session.query(
            HarvestSource, model.Package.name
        )
        .join(model.Package, model.Package.id == HarvestSource.id)
        .filter(
            HarvestSource.active.is_(True), HarvestSource.url.like("gpo-source://%")
        )
        .order_by(model.Package.name)
        if name in (None, package_name)
    ]
    if name and not sources:
        raise tk.ObjectNotFound(
            tk._("No active harvest source {name}").format(name=name)
        )
    return [_start(source_id) for source_id, _ in sources]


def _start(source_id: str) -> str:
    try:
        data = {"source_id": source_id, "run": True}
        return tk.get_action("harvest_job_create")(handover.context(), data)["id"]
    except HarvestJobExists:
        return (
            model.Session.query(HarvestJob.id)
            .filter(HarvestJob.source_id == source_id, HarvestJob.status != "Finished")
            .order_by(HarvestJob.created.desc())
            .limit(1)
            .scalar()
        )


def are_finished(job_ids: Sequence[str]) -> bool:
    """Whether all of them have ended."""
    open_jobs = model.Session.query(HarvestJob).filter(
        HarvestJob.id.in_(job_ids), HarvestJob.status != "Finished"
    )
    count = open_jobs.count()
    model.Session.remove()
    return count == 0


def items(job_ids: Sequence[str]) -> Iterator[Item]:
    """Where each table of the jobs stands now."""
    jobs = (
        model.Session.query(HarvestJob, model.Package.name)
        .join(model.Package, model.Package.id == HarvestJob.source_id)
        .filter(HarvestJob.id.in_(job_ids))
        .order_by(model.Package.name)
    )
    for job, source in jobs:
        for error in job.gather_errors:
            yield Item(source, "", "ERROR", error.message)
        objects = model.Session.query(HarvestObject).filter_by(harvest_job_id=job.id)
        for each in objects.order_by(HarvestObject.guid):
            yield Item(
                source,
                each.guid.partition(":")[2],
                each.report_status or each.state,
                " ".join(error.message for error in each.errors),
            )
    model.Session.remove()
