"""Trials: anyone checks a file against a table, and nothing is kept of it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.address import request_address
from ckanext.gpo.quality import config, trial
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.report import readable

from .upload import check_size, file_name


@tk.validate_action_data(schema.trial_create)
def gpo_quality_trial_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check a file against a table, without handing it in.

    The file is deleted as soon as it has been read; the report can be read for an hour by
    whoever holds its id.

    :param table: ref of a table, ``<domain>/<table>``
    :type table: str
    :param upload: the file, of any kind that the platform reads
    :type upload: file

    :returns: see `gpo_quality_trial_show`; its ``report`` is None until it is checked
    :raises ValidationError: no such table, the file is too large, or with the code
        ``trials-too-many`` or ``trials-of-client`` too many files wait already, with
        ``trials-away`` none can be tried at the moment
    """
    tk.check_access("gpo_quality_trial_create", context, data_dict)
    ref, upload = data_dict["table"], data_dict["upload"]
    try:
        table(ref)
    except UnknownTable as err:
        raise tk.ValidationError(
            {"table": [tk._("No Data Package describes this table")]}
        ) from err
    stream = getattr(upload, "stream", upload)
    check_size(stream, config.max_trial_size())
    try:
        begun = trial.begin(ref, file_name(upload), stream, _client(context))
    except trial.TrialError as err:
        raise _refusal("upload", err) from err
    return _dictize(begun)


@tk.side_effect_free
@tk.validate_action_data(schema.trial_show)
def gpo_quality_trial_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How a trial stands, and its report.

    :param id: id of the trial
    :type id: str

    :returns: ``{id, table, file_name, state, report}``; the state is ``waiting``,
        ``checking``, ``checked`` or ``failed``, the report as that of a version
    :raises NotFound: no such trial, or it was forgotten after an hour
    """
    tk.check_access("gpo_quality_trial_show", context, data_dict)
    try:
        begun = trial.find(data_dict["id"])
    except trial.TrialError as err:
        raise _refusal("id", err) from err
    if begun is None:
        raise tk.ObjectNotFound(
            tk._("There is no such trial; reports of trials are kept for an hour")
        )
    return _dictize(begun)


def _dictize(begun: trial.Trial) -> dict[str, Any]:
    report = begun.report
    return {
        "id": begun.id,
        "table": begun.table_ref,
        "file_name": begun.file_name,
        "state": begun.state.value,
        "report": readable(report, {}, table(begun.table_ref), tk._)
        if report
        else None,
    }


def _client(context: Context) -> str:
    """Who tries a file: an account, or else an address."""
    return context.get("user") or request_address(tk.request.environ)


def _refusal(field: str, err: trial.TrialError) -> tk.ValidationError:
    message = {
        "trials-too-many": tk._("Many files are being tried; try again in a minute"),
        "trials-of-client": tk._(
            "Other files of yours are being tried; try this one when they are done"
        ),
        "trials-away": tk._("Files cannot be tried at the moment; try again later"),
    }[err.code]
    return tk.ValidationError({field: [message], "code": [err.code]})
