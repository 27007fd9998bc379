"""What is done for downloads and tables in the background."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.lib.files import exc
from ckan.types import Context

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.job_queue import is_waiting
from ckanext.gpo.common.tables import dataset_table

from . import usage, version_files, webhooks
from .model import TableProfile
from .profiles import compute_profiles

log = logging.getLogger(__name__)

TITLE = "Profile published tables"

_LISTED = 1_000


def index(dataset: str) -> None:
    """Index a dataset again, if it is still there."""
    if model.Package.get(dataset):
        search.rebuild(dataset)


def sweep() -> None:
    """Write down what was counted, have webhooks sent, and tables without a profile
    profiled.

    :raises redis.RedisError: the queue is away
    """
    for dataset in usage.flush():
        tk.enqueue_job(index, [dataset], title=f"downloads of {dataset}")
    webhooks.jobs.sweep()
    if next(_due(), None) and not is_waiting(profile_tables):
        tk.enqueue_job(profile_tables, title=TITLE)


def profile_tables() -> None:
    """Compute the profiles of all published tables that have none of their version yet."""
    for publication in list(_due()):
        profile_table(publication["dataset"], publication["version"])


def profile_table(dataset: str, version: str) -> None:
    """Compute the profile of a table, and keep it in the place of an older one."""
    try:
        fields = _profiles(dataset)
    except (tk.ObjectNotFound, UnknownTable):
        fields = []  # withdrawn meanwhile, or published before there were such files
    except (duckdb.Error, exc.FilesError, OSError):
        log.exception("%s: no profile of version %s", dataset, version)
        fields = []
    model.Session.merge(TableProfile(dataset=dataset, version=version, fields=fields))
    model.Session.commit()


def _profiles(dataset: str) -> list[dict[str, Any]]:
    file = tk.get_action("gpo_quality_file_show")(
        Context(ignore_auth=True), {"dataset": dataset, "format": "parquet"}
    )
    names = [field["name"] for field in dataset_table(dataset).fields]
    with tempfile.TemporaryDirectory(prefix="gpo-profile-") as name:
        folder = Path(name)
        path = version_files.bring(file, folder)
        return [profile.as_dict() for profile in compute_profiles(path, names, folder)]


def _due() -> Iterator[dict[str, Any]]:
    """The publications whose version has no profile."""
    profiled = set(model.Session.scalars(sa.select(TableProfile.version)))
    offset = 0
    while True:
        answer = tk.get_action("gpo_quality_publication_list")(
            Context(ignore_auth=True), {"limit": _LISTED, "offset": offset}
        )
        yield from (p for p in answer["results"] if p["version"] not in profiled)
        offset += _LISTED
        if offset >= answer["count"]:
            return
