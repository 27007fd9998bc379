"""The history of a dataset: versions taken back, handed in again, compared, told."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.files import exc
from ckan.types import Context, DataDict

from ckanext.gpo.common.comparison import KINDS, Comparison
from ckanext.gpo.common.context import actor
from ckanext.gpo.common.workflow import IllegalTransition
from ckanext.gpo.quality.history import changes, dictize
from ckanext.gpo.quality.logic import history_schema as schema
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage, withdrawal
from ckanext.gpo.quality.reception import origin
from ckanext.gpo.quality.workflow import RESTORE, State

from . import submission
from . import version as versions

FEED_LENGTH = 1000
"""How many publications one answer of the change feed tells."""


@tk.validate_action_data(schema.version_change)
def gpo_quality_version_withdraw(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Take the published version of a dataset back: the dataset is private then.

    Its rows leave the DataStore and its files are served no more; the version, its
    report and the reason stay in the history.

    :param id: id of the version
    :type id: str
    :param reason: why, for the history
    :type reason: str

    :returns: the version
    :raises ValidationError: no reason, or the version is not the published one
    :raises NotAuthorized: the caller may not edit the dataset
    """
    version = versions.get(data_dict["id"])
    tk.check_access(
        "gpo_quality_version_withdraw", context, {"dataset": version.package_id}
    )
    package = versions.package(version.package_id)
    acting = actor(context, package.owner_org)
    try:
        withdrawal.withdraw(version, acting, data_dict["reason"])
    except IllegalTransition as err:
        if err.code != "no-transition":
            raise
        raise tk.ValidationError(
            {"id": [tk._("Only the version that is public now can be withdrawn")]}
        ) from err
    return dictize.version(version, package.name)


@tk.validate_action_data(schema.version_change)
def gpo_quality_version_restore(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Hand the candidate of an old version in again, as a new version.

    History is not rewritten: the gate checks it under today's schema, and publishes it
    if it passes. The new version's ``origin`` says which one it came from.

    :param id: id of the version
    :type id: str
    :param reason: why, for the history
    :type reason: str

    :returns: the new version; with ``unchanged: true`` the newest one, if that has the
        same content and schema already
    :raises ValidationError: no reason, or the version never was public, or is now
    :raises NotAuthorized: the caller may not edit the dataset
    """
    old = versions.get(data_dict["id"])
    tk.check_access("gpo_quality_version_restore", context, {"dataset": old.package_id})
    if old.published is None or old.state == State.PUBLISHED.value:
        raise tk.ValidationError(
            {"id": [tk._("Only an earlier version that was public can be restored")]}
        )
    with tempfile.TemporaryDirectory(prefix="gpo-restore-") as name:
        path = storage.fetch(storage.candidate(old.id), Path(name))
        with path.open("rb") as stream:
            return submission.take_in(
                context,
                versions.package(old.package_id),
                stream,
                source=RESTORE,
                origin={
                    **origin.of_file(old.origin),
                    "restored": {"id": old.id, "number": old.number},
                },
                reason=data_dict["reason"],
                declaration=old.declaration,
            )


@tk.side_effect_free
@tk.validate_action_data(schema.version_diff)
def gpo_quality_version_diff(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What changed between two versions of a dataset, record by record.

    Records are known by the table's primary key; without one whole rows are compared.
    Columns that only one version has are named and not compared.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param from: number of the earlier version
    :type from: int
    :param to: number of the later version
    :type to: int
    :param kind: only records ``added``, ``removed`` or ``changed`` (default: all)
    :type kind: str
    :param offset: how many records to leave out (default: 0)
    :type offset: int
    :param limit: how many records to tell, at most 1000 (default: 100)
    :type limit: int

    :returns: ``{dataset, from, to, key, columns_added, columns_removed, totals: {added,
        removed, changed, unchanged}, kind, offset, limit, count, records}``; ``from`` and
        ``to`` are versions, ``key`` is empty where whole rows were compared, ``count``
        tells all records of the kind. A record is ``{kind, key, row}`` or, changed,
        ``{kind, key, cells: {column: {old, new}}}``. Decimal numbers are text
    :raises NotFound: no such version
    :raises ValidationError: with the code ``version-not-comparable`` if a version is from
        before the files existed that are compared
    :raises NotAuthorized: a version is not public history and the caller may not edit
        the dataset
    """
    dataset = versions.package(data_dict["dataset"])
    old = _version_by_number(dataset.id, data_dict["from"])
    new = _version_by_number(dataset.id, data_dict["to"])
    public = old.in_public_history and new.in_public_history
    access = {"dataset": dataset.id, "public": public}
    tk.check_access("gpo_quality_version_diff", context, access)
    kind, offset, limit = (data_dict[name] for name in ("kind", "offset", "limit"))
    with tempfile.TemporaryDirectory(prefix="gpo-diff-") as name:
        folder = Path(name)
        try:
            paths = _parquet(old, folder), _parquet(new, folder)
            with Comparison(*paths, changes.record_key(new), folder) as comparison:
                totals = comparison.totals().as_dict()
                records = comparison.records([kind] if kind else KINDS, offset, limit)
        except (duckdb.Error, exc.FilesError) as err:
            raise _not_comparable(new) from err
    return {
        "dataset": dataset.name,
        "from": dictize.version(old, dataset.name),
        "to": dictize.version(new, dataset.name),
        "key": list(comparison.key),
        "columns_added": comparison.columns_added,
        "columns_removed": comparison.columns_removed,
        "totals": totals,
        "kind": kind or None,
        "offset": offset,
        "limit": limit,
        "count": sum(totals[k] for k in ([kind] if kind else KINDS)),
        "records": records,
    }


@tk.side_effect_free
@tk.validate_action_data(schema.changes)
def gpo_quality_changes(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """What was published of a dataset since a version or a moment, the newest last.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param since: number of a version, or a moment (ISO 8601, UTC unless it says so);
        without it the latest publications are told
    :type since: str

    :returns: at most 1,000 publications ``{version, id, published, state, row_count,
        previous, totals, diff}``: go on with the last version's number. ``previous`` is
        the number of the version that was public before, None for the first; ``totals``
        ``{added, removed, changed, unchanged}``, None where nothing could be compared;
        ``diff`` the address of the records, None where there are none to see
    """
    tk.check_access("gpo_quality_changes", context, data_dict)
    dataset = versions.package(data_dict["dataset"])
    query = Version.publications(dataset.id).limit(FEED_LENGTH)
    since = data_dict["since"]
    if since is not None:
        later = (
            Version.number > since
            if isinstance(since, int)
            else Version.published > since
        )
        query = query.where(later).order_by(None).order_by(Version.number)
    publications = sorted(
        model.Session.scalars(query), key=lambda version: version.number
    )
    return [dictize.publication(version, dataset.name) for version in publications]


@tk.side_effect_free
@tk.validate_action_data(schema.withdrawal)
def gpo_quality_withdrawal_show(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """That a dataset was public and was withdrawn, for readers who look for it.

    :param dataset: name or id of the dataset
    :type dataset: str

    :returns: ``{code: "dataset-withdrawn", dataset, title, organization, version,
        published, withdrawn, reason}``; ``organization`` is the title of the department,
        ``version`` a number
    :raises NotFound: no such dataset, or it never was public, or is public, or is deleted
    """
    tk.check_access("gpo_quality_withdrawal_show", context, data_dict)
    package = model.Package.get(data_dict["dataset"])
    version = package and Version.get_withdrawn(package.id)
    # One answer: whether there is such a dataset, unseen, is nobody's to know.
    if not package or not version or package.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("No withdrawn dataset is called so"))
    department = model.Group.get(package.owner_org)
    withdrawal = version.events[-1]
    return {
        "code": "dataset-withdrawn",
        "dataset": package.name,
        "title": package.title,
        "organization": department.title if department else "",
        "version": version.number,
        "published": dictize.version(version, package.name)["published"],
        "withdrawn": dictize.event(withdrawal)["created"],
        "reason": withdrawal.reason,
    }


def _version_by_number(package_id: str, number: int) -> Version:
    version = model.Session.scalar(
        Version.history(package_id).where(Version.number == number)
    )
    if version is None:
        raise tk.ObjectNotFound(tk._("Version not found"))
    return version


def _parquet(version: Version, folder: Path) -> Path:
    path = changes.parquet(version, folder)
    if path is None:
        raise _not_comparable(version)
    return path


def _not_comparable(version: Version) -> tk.ValidationError:
    message = tk._("Version {number} keeps no file that can be compared")
    return tk.ValidationError(
        {
            "code": ["version-not-comparable"],
            "version": [message.format(number=version.number)],
        }
    )
