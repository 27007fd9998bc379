"""What the background worker does for the gate. Jobs take ids and may run twice."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import Table, table

from . import datastore, engine, exclusive, storable, storage, withdraw
from .candidate import content_hash, normalise
from .engine import Reference
from .model import Event, Version, now
from .publish import publish, resource_of, resume
from .workflow import State

log = logging.getLogger(__name__)

QUEUE = "gpo-quality"

ACTOR = "gate"
"""Who decides, in the events: the machine, by the rules of the schema."""


def enqueue(version_id: str) -> None:
    """Let the worker check a version."""
    tk.enqueue_job(check_version, [version_id], title=f"gate {version_id}", queue=QUEUE)


def check_version(version_id: str) -> None:
    """Check a received version and publish it if it passes."""
    version = Version.get(version_id)
    if version is None:
        return
    with exclusive.dataset(version.package_id):
        # Another worker may have decided it while this one waited.
        model.Session.refresh(version)
        if not State(version.state).ended:
            _check(version)


def _check(version: Version) -> None:
    of = table(version.table_ref)
    overridden = Event.override_of(version.id) is not None
    version.waiting_for = [] if overridden else _unpublished(of)
    if version.waiting_for:
        log.info("Version %s waits for %s", version.id, version.waiting_for)
        model.Session.commit()
        return
    if version.state == State.RECEIVED.value:
        version.enter(State.CHECKING, ACTOR)
    model.Session.commit()
    with tempfile.TemporaryDirectory(prefix="gpo-gate-") as name:
        _decide(version, of, Path(name), overridden)


def _decide(version: Version, of: Table, folder: Path, overridden: bool) -> None:
    spool = folder / "rows.csv"
    try:
        received = storage.fetch(storage.candidate(version.id), folder)
        _require_unchanged(received, version.content_hash)
        candidate = normalise(received, of, folder)
        report = engine.check(
            candidate.path, of, _references(of), spool, candidate.apart
        )
        report |= {"encoding": candidate.encoding, "format": candidate.format}
        if report["valid"]:
            report |= storable.faults(spool, of)
    except CandidateError as err:
        report = engine.rejected(err, of)
    if not overridden:  # else checked again for its rows only: the report stays
        version.checked = now()
        version.report = report
        version.row_count = report["rows"]
        version.rule_count = report["rules"]
        version.error_count = report["error_count"]
    if not report["valid"] and not overridden:
        version.enter(State.REJECTED, ACTOR, f"{report['error_count']} errors")
        model.Session.commit()
        log.info("Version %s rejected: %s errors", version.id, report["error_count"])
        return
    if version.state == State.CHECKING.value:
        version.enter(State.PASSED, ACTOR)
    publish(version, spool, folder, _site_user())
    log.info("Version %s published: %s rows", version.id, report["rows"])
    for waiting in Version.waiting_on(of.ref):
        enqueue(waiting.id)


def _require_unchanged(received: Path, expected: str) -> None:
    with received.open("rb") as stream:
        if content_hash(stream) != expected:
            raise CandidateError(
                "candidate-changed", "The kept file is not the one that was handed in"
            )


def resume_all() -> int:
    """Take up what a crash cut off; returns how many versions were taken up."""
    for version in Version.in_states(State.PUBLISHED):
        resume(version)
    withdraw.resume()
    cut_off = Version.in_states(*(state for state in State if not state.ended))
    for version in cut_off:
        enqueue(version.id)
    return len(cut_off)


def _unpublished(of: Table) -> list[str]:
    """Tables that this one refers to and that nobody has published yet."""
    referred = {key.table_ref for key in of.foreign_keys} - {of.ref}
    return sorted(r for r in referred if Version.published_of_table(r) is None)


def _references(of: Table) -> list[Reference]:
    found = []
    for key in of.foreign_keys:
        published = Version.published_of_table(key.table_ref)
        if published:
            resource_id = resource_of(published.package_id)
            found.append(Reference(key, datastore.keys(resource_id, key)))
    return found


def _site_user() -> str:
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
