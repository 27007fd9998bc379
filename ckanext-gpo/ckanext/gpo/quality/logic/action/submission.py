"""A candidate is handed in: kept, numbered, and queued for its check."""

from __future__ import annotations

import hashlib
import json
from typing import IO, Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid
from ckan.types import Context, DataDict

from ckanext.gpo.common import locks
from ckanext.gpo.common.context import actor
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, dataset_table
from ckanext.gpo.quality import config, jobs
from ckanext.gpo.quality.history import dictize
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage
from ckanext.gpo.quality.reception import content_hash
from ckanext.gpo.quality.reception import origin as origins
from ckanext.gpo.quality.workflow import BY_HAND, UPLOAD, State

from .upload import check_size, file_name
from .version import package


@tk.validate_action_data(schema.version_submit)
def gpo_quality_version_submit(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Hand in a candidate for a dataset's table; the gate checks it in the background.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param upload: the file, of any kind that ``intake`` reads
    :type upload: file
    :param origin: ``{"label": file and sheet, "row_offset": rows above the header}``;
        the label is the name of the uploaded file by default
    :type origin: dict
    :param note: a word to whoever looks after the dataset, at most 1,000 characters; only
        who may edit the dataset reads it
    :type note: str

    Where it comes from, ``source``, and what is declared of the file, ``declaration``, the
    platform says: the name of the harvest source and what its YAML says, else ``upload``
    and nothing beyond the table's schema.

    :returns: the version; with ``unchanged: true`` if the newest version has the same
        content and schema, and then nothing is checked anew
    :raises ValidationError: the dataset has no table, or the file is too large; with the
        code ``dataset-withdrawn`` if a harvest hands it in for a dataset that was
        withdrawn
    :raises NotAuthorized: the caller may not edit the dataset
    """
    tk.check_access("gpo_quality_version_submit", context, data_dict)
    dataset = package(data_dict["dataset"])
    upload = data_dict["upload"]
    stream = getattr(upload, "stream", upload)
    check_size(stream, config.max_candidate_size())
    # Only code of the platform calls without a check of its rights.
    by_platform = context.get("ignore_auth")
    source = data_dict["source"] if by_platform else UPLOAD
    declaration = data_dict["declaration"] if by_platform else {}
    name = file_name(upload)
    origin = ({"label": name} if name else {}) | data_dict["origin"]
    return take_in(
        context,
        dataset,
        stream,
        source,
        origin,
        reason=source,
        declaration=declaration,
        note=data_dict["note"],
    )


def take_in(
    context: Context,
    package: model.Package,
    stream: IO[bytes],
    source: str,
    origin: dict[str, Any],
    reason: str,
    declaration: dict[str, Any] | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    follows: Version | None = None,
) -> dict[str, Any]:
    """Make a candidate the newest version of a dataset and let the gate check it.

    :param declaration: what is declared of the file beyond the table's schema
    :param note: what is said with it, for those who may edit the dataset
    :param facts: of the event, see `Version.begin`
    :param follows: the version that must still be the newest
    :returns: see `gpo_quality_version_submit`
    :raises ValidationError: with the code `version-not-newest`
    """
    table = _table(package)
    digest = content_hash(stream)
    rules = schema_hash(table)
    # One after the other: each gets a number of its own, and none comes after a purge.
    current = locks.lock_dataset_row(package.id)
    if current is None or current.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    newest = model.Session.scalar(Version.history(package.id).limit(1))
    if follows and (newest is None or newest.id != follows.id):
        raise _not_newest()
    declaration = declaration or {}
    is_same = newest and newest.declaration == declaration
    if newest and is_same and _same(newest, digest, rules, source):
        if not State(newest.state).ended:
            jobs.ensure_queued(newest.id)
        answer = dictize.version(newest, package.name, staff=True)
        return {**answer, "unchanged": True}
    if source not in BY_HAND and Version.get_withdrawn(package.id):
        raise _withdrawn()

    acting = actor(context, package.owner_org)
    version = Version(
        id=make_uuid(),
        package_id=package.id,
        table_ref=table.ref,
        number=Version.next_number(package.id),
        content_hash=digest,
        schema_hash=rules,
        source=source,
        origin={**origin, origins.NOTE: note} if note else origin,
        declaration=declaration,
        actor=acting.account,
        waiting_for=[],
    )
    location = storage.candidate(version.id)
    try:
        storage.save(location, stream)
        version.begin(acting, reason, **(facts or {}))
        model.Session.commit()
    except BaseException:
        storage.remove(location)
        raise
    jobs.enqueue(version.id)
    answer = dictize.version(version, package.name, staff=True)
    return {**answer, "unchanged": False}


def _table(package: model.Package) -> Table:
    try:
        return dataset_table(package.name)
    except UnknownTable as err:
        raise tk.ValidationError(
            {"dataset": [tk._("No Data Package describes a table of this dataset")]}
        ) from err


def _withdrawn() -> tk.ValidationError:
    message = tk._(
        "The dataset was withdrawn: it becomes public again when a person hands in a "
        "table or restores a version"
    )
    return tk.ValidationError({"dataset": [message], "code": ["dataset-withdrawn"]})


def _not_newest() -> tk.ValidationError:
    message = tk._(
        "A newer version was handed in meanwhile: look at its report, and correct that one"
    )
    return tk.ValidationError({"id": [message], "code": ["version-not-newest"]})


def schema_hash(table: Table) -> str:
    """What identifies the rules that a version is checked against."""
    text = json.dumps(table.schema, sort_keys=True, ensure_ascii=False, default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _same(version: Version, digest: str, rules: str, source: str) -> bool:
    if (version.content_hash, version.schema_hash) != (digest, rules):
        return False
    # What was taken back comes in again by a person's hand, not by the next harvest.
    if version.state == State.WITHDRAWN.value:
        return source not in BY_HAND
    # What a key refers to may have been published since, and a check that was cut off
    # says nothing of the data: then the verdict may change.
    counts = (version.report or {}).get("counts", [])
    return not any(
        count["rule"] == "foreign-key" or count["rule"] in jobs.CUT_SHORT
        for count in counts
    )
