"""The whole index from the database: beside the one that serves, which it then replaces.

What a dataset's document is, CKAN says (`PackageSearchIndex`), with all plugins; it is
only kept from being written one by one.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import logic, model

from ckanext.gpo.search.adapter import patch
from ckanext.gpo.search.errors import DocumentError

from .progress import Progress

log = logging.getLogger(__name__)

TOGETHER = 50
"""Datasets that are read before the database session is emptied."""

PATIENCE = 60.0
POLL = 0.05

BEGIN = sa.text("SELECT pg_current_xact_id()::text")
"""The number of a transaction of our own; all that were begun before have smaller ones."""

BEGUN_BEFORE = sa.text(
    "SELECT pg_snapshot_xmin(pg_current_snapshot()) < CAST(:first AS xid8)"
)
"""Whether one with a smaller number goes on."""

Documents = list[dict[str, Any]]
Read = tuple[str, Documents, str]
"""The id of a dataset, what of it goes into the index, or why nothing can."""

Failures = dict[str, str]


class IncompleteError(Exception):
    """Some datasets cannot be indexed, so the old index stays."""

    def __init__(self, failures: Failures) -> None:
        super().__init__(f"{len(failures)} datasets cannot be indexed")
        self.failures = failures


def dataset_ids() -> list[str]:
    """The ids of all datasets that belong into the index."""
    query = sa.select(model.Package.id)
    if tk.config["ckan.search.remove_deleted_packages"]:
        query = query.where(model.Package.state != "deleted")
    return list(model.Session.scalars(query))


def rebuild(progress: Progress, *, force: bool, processes: int = 1) -> Failures:
    """Build the index anew and let it take the place of the old one.

    With `force` also if some datasets are missing from it, which are returned with the
    reasons; without, all of them are still tried.

    :param processes: how many read from the database at once
    :raises IncompleteError: some cannot be indexed; the old index stays
    :raises BusyError: another process builds already
    :raises DiskError: the new index cannot be written; the old one stays
    """
    failures: Failures = {}
    with readers(processes) as read, patch.embedded().engine.build() as add:
        _await_changes_under_way()
        ids = dataset_ids()
        progress.start(len(ids))
        for dataset_id, documents, reason in read(ids):
            failure = reason or _added(add, documents)
            if failure:
                failures[dataset_id] = failure
            progress.step()
        if failures and not force:
            raise IncompleteError(failures)
    progress.end()
    return failures


def _await_changes_under_way() -> None:
    """Wait until all changes that were begun before are in the database, or given up.

    CKAN brings a change into the index before it commits it. What the old index has got
    by now, the new one would otherwise not find in the database.
    """
    with model.ensure_engine().connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        first = connection.scalar(BEGIN)
        deadline = time.monotonic() + PATIENCE
        while connection.scalar(BEGUN_BEFORE, {"first": first}):
            if time.monotonic() > deadline:
                log.warning("Search index: a change is under way for %s s", PATIENCE)
                return
            time.sleep(POLL)


def update(ids: Iterable[str], progress: Progress, *, each: bool = False) -> Failures:
    """Index some datasets anew in the index that serves.

    :param each: make each of them visible at once
    """
    failures: Failures = {}
    dataset_ids = list(ids)
    progress.start(len(dataset_ids))
    for dataset_id in _in_portions(dataset_ids):
        try:
            logic.index_update_package({"ignore_auth": True}, dataset_id, not each)
        except Exception as error:  # noqa: BLE001 - told with its dataset
            failures[dataset_id] = _reason(error)
        progress.step()
    patch.embedded().commit()
    progress.end()
    return failures


def _added(add: Callable[[dict[str, Any]], None], documents: Documents) -> str:
    """Add documents; what is wrong with them, if anything."""
    try:
        for document in documents:
            add(document)
    except DocumentError as error:
        return _reason(error)
    return ""


def read(dataset_id: str) -> Read:
    """What CKAN would index of a dataset."""
    try:
        with patch.collect_documents() as collector:
            logic.index_update_package({"ignore_auth": True}, dataset_id, True)
    except Exception as error:  # noqa: BLE001 - told with its dataset
        model.Session.rollback()
        return dataset_id, [], _reason(error)
    return dataset_id, collector.documents, ""


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _in_portions(ids: Iterable[str]) -> Iterator[str]:
    """The same ids; the session never holds more than some of them, nor anything old."""
    for number, dataset_id in enumerate(ids, 1):
        yield dataset_id
        if number % TOGETHER == 0:
            model.Session.commit()
            model.Session.expire_all()


@contextmanager
def readers(processes: int) -> Iterator[Callable[[list[str]], Iterator[Read]]]:
    """What reads datasets, here or in processes of their own."""
    model.Session.commit()
    if processes == 1:
        yield lambda ids: map(read, _in_portions(ids))
        return
    # What is forked must not share connections.
    model.Session.remove()
    model.ensure_engine().dispose()
    context = multiprocessing.get_context("fork")
    die_too = partial(_die_with, os.getpid())
    with context.Pool(processes, initializer=die_too) as pool:
        yield lambda ids: pool.imap_unordered(_read_afresh, ids, TOGETHER // 5)


def _read_afresh(dataset_id: str) -> Read:
    try:
        return read(dataset_id)
    finally:
        model.Session.remove()


def _die_with(parent: int) -> None:
    """Let the kernel kill this process when the one that asks of it is killed."""
    # A signal ends it too, whatever the other one has made of that signal for itself.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
