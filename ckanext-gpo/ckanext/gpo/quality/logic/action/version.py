"""Versions: listed, shown, counted."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import Context, DataDict

from ckanext.gpo.common import clock, formats, ledger
from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.examination import progress
from ckanext.gpo.quality.history import dictize
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.model import ROOM, Version
from ckanext.gpo.quality.publication import storage
from ckanext.gpo.quality.report import readable_report
from ckanext.gpo.quality.workflow import VERSION, State


@tk.side_effect_free
@tk.validate_action_data(schema.version_list)
def gpo_quality_version_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """The versions of a dataset, the newest first.

    :param dataset: name or id of the dataset
    :type dataset: str

    :returns: versions with their ``events``; only those that are or were public unless
        the caller may edit the dataset, who is told the ``note`` of each too
    """
    tk.check_access("gpo_quality_version_list", context, data_dict)
    dataset = package(data_dict["dataset"])
    versions = list(model.Session.scalars(Version.history(dataset.id)))
    staff = _may_edit(context, dataset.id)
    if not staff:
        versions = [v for v in versions if v.published]
    steps: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in ledger.events(kind=VERSION.name, parent=dataset.id):
        steps[event.subject].append(dictize.event(event))
    answers = dictize.versions(
        [(version, dataset.name) for version in versions], staff=staff
    )
    return [{**version, "events": steps[version["id"]]} for version in answers]


@tk.side_effect_free
@tk.validate_action_data(schema.version_show_by_number)
def gpo_quality_version_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A version with its report and its events.

    :param id: id of the version; or else
    :type id: str
    :param dataset: name or id of its dataset, and
    :type dataset: str
    :param number: its number
    :type number: int

    :returns: the version with ``report`` (None until checked) and ``events``; for who may
        edit the dataset also the ``note`` that was left with it, and in the report what
        was corrected, by whom
    :raises NotFound: no such version
    :raises NotAuthorized: it never was public, or was taken back, and the caller may not
        edit the dataset
    """
    version = _identified(data_dict)
    access = {
        "dataset": version.package_id,
        "was_published": version.in_public_history,
    }
    tk.check_access("gpo_quality_version_show", context, access)
    dataset = package(version.package_id)
    staff = _may_edit(context, dataset.id)
    return {
        **dictize.version(version, dataset.name, staff=staff),
        "report": readable_report(
            version,
            table(version.table_ref),
            tk._,
            staff=staff,
            english=is_english(),
        ),
        "events": [dictize.event(event) for event in version.events],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.version_show)
def gpo_quality_version_progress(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """How far the check of a version is; cheap to ask for again and again.

    :param id: id of the version
    :type id: str

    :returns: ``{id, dataset, state, ended, stage, rows, total, share,
        waiting_for}``; ``stage``
        is ``waiting``, ``reading``, ``checking``, ``publishing`` or, when the check has
        ``ended``, empty; ``rows`` are done in it, of ``total``, 0 where that is not known
    :raises NotFound: no such version
    :raises NotAuthorized: as `gpo_quality_version_show`
    """
    version = get(data_dict["id"])
    access = {
        "dataset": version.package_id,
        "was_published": version.in_public_history,
    }
    tk.check_access("gpo_quality_version_progress", context, access)
    dataset = package(version.package_id)
    state = State(version.state)
    # What is noted of a version that waits anew was said before it was put back.
    note = progress.read(version.id) if state is State.CHECKING else None
    fallback = progress.STAGE_BY_STATE.get(state, "")
    return {
        "id": version.id,
        "dataset": dataset.name,
        "state": version.state,
        "ended": state.ended,
        "stage": note.stage if note else fallback,
        "rows": note.rows if note else 0,
        "total": note.total if note else 0,
        "share": note.share if note else 0.0,
        "waiting_for": version.waiting_for,
    }


@tk.side_effect_free
@tk.validate_action_data(schema.file_show)
def gpo_quality_file_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Where a download file of a published version lies.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param format: ``csv``, ``xlsx``, ``json``, ``parquet`` or ``zip``; versions published
        before a format was introduced lack it
    :type format: str
    :param number: of an earlier version that was public and was not taken back; by
        default the one that is public now
    :type number: int

    :returns: ``{storage, location, size, sha256, content_type, title, published}``
    :raises NotFound: nothing is published in this format
    """
    dataset, name = data_dict["dataset"], data_dict["format"]
    tk.check_access("gpo_quality_file_show", context, {"dataset": dataset})
    pkg = package(dataset)
    version = _public_version(pkg.id, data_dict.get("number"))
    file = (version.files or {}).get(name) if version else None
    if pkg.state != model.State.ACTIVE:
        file = None  # who may restore a deleted dataset sees it, and serves nothing
    if version is None or file is None or version.published is None:
        raise tk.ObjectNotFound(tk._("Nothing is published in this format"))
    return {
        **file,
        "storage": storage.STORAGE,
        "content_type": formats.content_type(name),
        "title": pkg.title,
        "published": dictize.iso(version.published),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.summary)
def gpo_quality_summary(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How many datasets passed or were rejected this month (Asia/Shanghai), and which
    were published last.

    :param limit: how many of the latest publications (default: 10)
    :type limit: int

    :returns: ``{month, passed, rejected, latest: [{dataset, title, organization,
        version, published, row_count}]}``; latest names public datasets only
    """
    tk.check_access("gpo_quality_summary", context, data_dict)
    today = clock.now()
    month = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    verdicts = dict(
        model.Session.execute(
            sa.select(Event.what, sa.func.count(Event.parent.distinct()))
            .where(
                Event.room == ROOM, Event.kind == VERSION.name, Event.created >= month
            )
            .group_by(Event.what)
        )
        .tuples()
        .all()
    )
    latest = model.Session.execute(
        sa.select(Version, model.Package, model.Group.title)
        .join(model.Package, model.Package.id == Version.package_id)
        .join(model.Group, model.Group.id == model.Package.owner_org)
        .where(
            Version.state == State.PUBLISHED.value,
            model.Package.private.is_(False),
            model.Package.state == "active",
        )
        .order_by(Version.published.desc())
        .limit(data_dict["limit"])
    )
    return {
        "month": f"{month:%Y-%m}",
        "passed": verdicts.get(State.PASSED.value, 0),
        "rejected": verdicts.get(State.REJECTED.value, 0),
        "latest": [
            {
                "dataset": package.name,
                "title": package.title,
                "organization": organization,
                "version": version.id,
                "published": dictize.iso(version.published),
                "row_count": version.row_count,
            }
            for version, package, organization in latest
        ],
    }


@tk.side_effect_free
def gpo_quality_candidate_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """The newest version of every dataset that the caller may edit, newest first.

    :returns: versions, each with its ``note``, ``title`` of the dataset and
        ``organization``
    """
    tk.check_access("gpo_quality_candidate_list", context, data_dict)
    organizations = tk.get_action("organization_list_for_user")(
        tk.fresh_context(context), {"permission": "update_dataset"}
    )
    titles = {org["id"]: org["display_name"] for org in organizations}
    newest = (
        sa.select(Version, model.Package)
        .join(model.Package, model.Package.id == Version.package_id)
        .where(model.Package.owner_org.in_(titles), model.Package.state == "active")
        .distinct(Version.package_id)
        .order_by(Version.package_id, Version.number.desc())
    )
    rows = sorted(
        model.Session.execute(newest), key=lambda row: row[0].created, reverse=True
    )
    answers = dictize.versions(
        [(version, package.name) for version, package in rows], staff=True
    )
    return [
        {
            **version,
            "title": package.title,
            "organization": titles[package.owner_org],
        }
        for version, (_, package) in zip(answers, rows, strict=True)
    ]


def _public_version(package_id: str, number: int | None) -> Version | None:
    """The version that is public now, or an earlier one that still may be seen."""
    if number is None:
        return Version.get_published(package_id)
    query = Version.publications(package_id).where(Version.number == number)
    version = model.Session.scalar(query)
    return version if version and version.in_public_history else None


def _identified(data_dict: DataDict) -> Version:
    """The version that is named by its id, or by its dataset and number.

    :raises ObjectNotFound: there is none
    :raises ValidationError: it is named by neither
    """
    if "dataset" not in data_dict or "number" not in data_dict:
        if "id" not in data_dict:
            raise tk.ValidationError({"id": [tk._("Missing value")]})
        return get(data_dict["id"])
    pkg = model.Package.get(data_dict["dataset"])
    version = model.Session.scalar(
        Version.history(pkg.id if pkg else "").where(
            Version.number == data_dict["number"]
        )
    )
    if version is None:
        raise tk.ObjectNotFound(tk._("Version not found"))
    return version


def get(id_: str) -> Version:
    """The version of an id.

    :raises ObjectNotFound: there is none
    """
    version = Version.get(id_)
    if version is None:
        raise tk.ObjectNotFound(tk._("Version not found"))
    return version


def package(id_: str) -> model.Package:
    """The dataset of a name or id.

    :raises ObjectNotFound: there is none
    """
    pkg = model.Package.get(id_)
    if pkg is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    return pkg


def _may_edit(context: Context, package_id: str) -> bool:
    if context.get("ignore_auth"):
        return True
    return authz.is_authorized_boolean("package_update", context, {"id": package_id})
