"""What the background worker does for the gate. Jobs take ids and may run twice.

A job that ends badly (its worker is killed, a server is away) is run again by RQ. What
is to be done stands in the database: `resume_all` when workers start, and `sweep` every
minute from then on, queue what is open, also where the queue was away or lost its jobs.
Whatever a job has left is found in the state of the version: `checking` while nobody
checks it is a check that was cut off.
"""

from __future__ import annotations

import logging
from collections.abc import Set
from functools import partial
from pathlib import Path
from typing import Any

import redis
from rq import Retry
from rq.job import Job

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import get_queue

from ckanext.gpo.common import locks, notices, scanning, tables
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.config import scan_command
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import Table

from . import config, engine, examination
from .engine import folders, limits
from .examination import PUBLISHING, OnProgress, Progress, ProgressNote
from .history import changes
from .model import Version, now
from .publication import datastore, publishing, references, removal, storage, withdrawal
from .reception import content_hash
from .report import REJECTED, rejection_facts, save_cards
from .workflow import RESTORE, State

log = logging.getLogger(__name__)

QUEUE = "gpo-quality"

ACTOR = Actor.system("gate")
"""Who decides, in the events: the machine, by the rules of the schema."""

CUT_OFF = "the check was cut off"
"""Why a version is received again, in the events: nobody ended its check."""

STARTS = 3
"""How often a version is checked before the check itself is taken for what kills it."""

CUT_SHORT = frozenset({"check-aborted", "check-too-large", "check-too-slow"})
"""Rules of candidates whose check did not come to an end: they may be handed in again."""

RETRY_AFTER = [5, 30, 300]
"""Seconds after which a job that ended badly is run again: once more than `STARTS`, the
last time to reject."""


def enqueue(version_id: str) -> None:
    """Let the worker check a version; if the queue is away, by the next `sweep`."""
    try:
        tk.enqueue_job(
            check_version,
            [version_id],
            title=f"gate {version_id}",
            queue=QUEUE,
            rq_kwargs={
                # The check has an alarm of its own; before it the job may have to wait
                # for the check of another version of the dataset.
                "timeout": 2 * config.max_check_time(),
                "retry": Retry(max=STARTS, interval=RETRY_AFTER),
            },
        )
    except redis.RedisError as err:
        log.warning("Version %s waits for the queue to be back: %s", version_id, err)


def ensure_queued(version_id: str) -> None:
    """Let the worker check a version, unless a job of it waits or runs already."""
    try:
        if version_id in queued_versions():
            return
    except redis.RedisError as err:
        log.warning("Version %s waits for the queue to be back: %s", version_id, err)
    else:
        enqueue(version_id)


def queued_versions() -> set[str]:
    """The versions that a job waits for, works on, or will try again.

    :raises redis.RedisError: the queue is away
    """
    queue = get_queue(QUEUE)
    ids = [
        *queue.get_job_ids(),
        *queue.started_job_registry.get_job_ids(),
        *queue.scheduled_job_registry.get_job_ids(),
    ]
    jobs = Job.fetch_many(ids, connection=queue.connection)
    return {job.args[0] for job in jobs if job}


def check_version(version_id: str) -> None:
    """Check a received version and publish it if it passes."""
    version = Version.get(version_id)
    if version is None:
        return
    with locks.dataset_lock(version.package_id):
        # Another worker may have decided it while this one waited.
        model.Session.refresh(version)
        if model.Package.get(version.package_id) is None:
            _close(version)
        elif State(version.state).ended:
            _finish(version)
        else:
            _check(version)


def _close(version: Version) -> None:
    """End what is open of a dataset that was purged meanwhile."""
    locations = removal.close(version.package_id, ACTOR)
    model.Session.commit()
    removal.erase(locations, [version.id])
    folders.remove(version.id)


def _finish(version: Version) -> None:
    """Do what follows a decision and may have been cut off."""
    folders.remove(version.id)
    publishing.resume(version)
    if version.state == State.PUBLISHED.value:
        _wake(version.table_ref)


def _check(version: Version) -> None:
    table = tables.table(version.table_ref)
    _put_back(version)
    decided = version.state == State.PASSED.value
    if not decided and not _may_begin(version, table):
        return
    with folders.check_folder(version.id) as folder:
        if not decided:
            try:
                refusal = _refusal(version, folder)
            except scanning.ScanError as err:
                # It is received still: the next sweep takes it up.
                log.warning("Version %s waits for the scanner: %s", version.id, err)
                return
            version.enter(State.CHECKING, ACTOR)
            if refusal:
                _reject(version, table, engine.unreadable(refusal, table))
                return
        model.Session.commit()
        _decide(version, table, folder)


def _refusal(version: Version, folder: Path) -> CandidateError | None:
    """Why a candidate is rejected unread, if it is.

    :raises ScanError: whether it may be read is not known
    """
    if _cut_offs(version) >= STARTS:
        aborted = f"The check was cut off {STARTS} times"
        return CandidateError("check-aborted", aborted)
    if command := scan_command():
        received = storage.fetch(storage.candidate(version.id), folder)
        model.Session.commit()  # it may take minutes, in which nothing is to be held
        if scanning.is_infected(received, command, config.max_scan_time()):
            return CandidateError("malware-found", "The scanner has found malware")
    return None


def _put_back(version: Version) -> None:
    """Receive a version anew that is being checked by nobody; the dataset is held."""
    if version.state == State.CHECKING.value:
        version.enter(State.RECEIVED, ACTOR, CUT_OFF)
        model.Session.commit()


def _cut_offs(version: Version) -> int:
    back = State.RECEIVED.value
    return sum(e.what == back and e.reason == CUT_OFF for e in version.events)


def _may_begin(version: Version, table: Table) -> bool:
    """Whether all that the version refers to is published; else it waits for that."""
    while True:
        version.waiting_for = references.unpublished(table)
        model.Session.commit()
        if not version.waiting_for:
            return True
        # Whoever published it just now looked for those who wait before this one did.
        if references.unpublished(table) == version.waiting_for:
            log.info("Version %s waits for %s", version.id, version.waiting_for)
            return False


def _decide(version: Version, table: Table, folder: Path) -> None:
    # What has passed once, by its report or by an override, is not judged anew: it is
    # read for its rows only. Should they not be had, it stays where it is.
    decided = version.state == State.PASSED.value
    tell = ProgressNote(version.id)
    try:
        report = limits.run(
            partial(_judge, version, table, folder, decided, tell),
            seconds=config.max_check_time(),
            memory=config.max_check_memory() << 20,
        )
    except CandidateError as err:
        model.Session.rollback()
        if decided:
            raise
        report = engine.unreadable(err, table)
    if not decided:
        if not report["valid"]:
            _reject(version, table, report)
            return
        version.enter(State.PASSED, ACTOR)
    publishing.publish(version, table, _site_user())
    log.info("Version %s published: %s rows", version.id, report["rows"])
    _wake(table.ref)


def _judge(
    version: Version, table: Table, folder: Path, decided: bool, tell: OnProgress
) -> dict[str, Any]:
    """Check a version and, if it is good, make ready what publishing it takes."""
    received = storage.fetch(storage.candidate(version.id), folder)
    _require_unchanged(received, version.content_hash)
    report = examination.examine(
        received,
        table,
        version.declaration,
        references.published_keys(table),
        folder,
        config.reading_limits(),
        published_rows=0
        if version.source == RESTORE
        else references.published_rows(table),
        on_progress=tell,
    )
    if not decided:
        save_cards(version.id, report, folder)
        _keep(version, report)
    if report["valid"] or decided:
        tell(Progress(PUBLISHING))
        spool = folder / examination.SPOOL
        paths = publishing.prepare(version, table, spool, folder)
        version.changes = changes.count_changes(version, paths.get("parquet"), folder)
    return report


def _keep(version: Version, report: dict[str, Any]) -> None:
    version.checked = now()
    version.report = report
    version.row_count = report["rows"]
    version.rule_count = report["rules"]
    version.error_count = report["error_count"]


def _reject(version: Version, table: Table, report: dict[str, Any]) -> None:
    _keep(version, report)
    version.enter(State.REJECTED, ACTOR, f"{report['error_count']} errors")
    _tell_department(version, report)
    # An earlier start may have come further than this one.
    publishing.discard(version, table)
    model.Session.commit()
    log.info("Version %s rejected: %s errors", version.id, report["error_count"])


def _tell_department(version: Version, report: dict[str, Any]) -> None:
    package = model.Package.get(version.package_id)
    if package and package.owner_org:
        notices.notify(
            REJECTED,
            notices.department_staff(package.owner_org),
            subject=version.id,
            reference=f"{REJECTED.name}/{version.id}",
            facts=rejection_facts(version, package.name, package.title, report),
        )


def _wake(table_ref: str) -> None:
    """Check the versions that waited for this table."""
    for waiting in Version.list_waiting(table_ref):
        enqueue(waiting.id)


def _require_unchanged(received: Path, expected: str) -> None:
    with received.open("rb") as stream:
        if content_hash(stream) != expected:
            raise CandidateError(
                "candidate-changed", "The kept file is not the one that was handed in"
            )


def resume_all() -> int:
    """Take up what a crash cut off; returns how many versions were taken up.

    Other workers may be at work: what one of them holds is left to it.
    """
    return _take_up(frozenset())


def sweep() -> int:
    """As `resume_all`, while workers are at work: jobs that wait or run are left alone.

    :raises redis.RedisError: the queue is away
    """
    return _take_up(queued_versions())


def _take_up(in_hand: Set[str]) -> int:
    for staged in Version.list_by_ids(datastore.names()):
        publishing.resume(staged)
    withdrawal.resume()
    for version in Version.list_by_ids(folders.leftovers()):
        if State(version.state).ended:
            folders.remove(version.id)
    undone = Version.list_by_states(*(state for state in State if not state.ended))
    cut_off = [v for v in undone if v.id not in in_hand and not _still_waits(v)]
    for version in cut_off:
        with locks.dataset_lock_if_free(version.package_id) as free:
            if free:
                model.Session.refresh(version)
                _put_back(version)
        enqueue(version.id)
    return len(cut_off)


def _still_waits(version: Version) -> bool:
    """Whether a table that it waits for is not published still: whoever does wakes it."""
    waiting_for = version.waiting_for
    return any(Version.get_published_for_table(ref) is None for ref in waiting_for)


def _site_user() -> Actor:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return Actor.system(user["name"])
