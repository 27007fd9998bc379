"""Trials: anyone checks a file against a table, and nothing is kept of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.address import request_address
from ckanext.gpo.quality import config, trial
from ckanext.gpo.quality.examination import progress
from ckanext.gpo.quality.faults import Choice, example_cards
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.report import Reader, readable, readable_cards

from .upload import check_size, file_name

MOST_CARDS = 100
"""Cards of a trial that are given out."""


@tk.validate_action_data(schema.trial_create)
def gpo_quality_trial_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check a file against a table, without handing it in.

    The file is deleted as soon as it has been read; the report can be read for an hour by
    whoever holds its id.

    :param table: ref of a table, ``<domain>/<table>``
    :type table: str
    :param upload: the file, of any kind that the platform reads
    :type upload: file

    :returns: ``{id, table, file_name, state, ended}``, see `gpo_quality_trial_show`
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
    :param rule: only cards with a fault of this rule
    :type rule: str
    :param field: only cards with a fault of this field
    :type field: str

    :returns: ``{id, table, file_name, state, ended, stage, rows, total, share, report, cards}``;
        the state is ``waiting``, ``checking``, ``checked`` or ``failed``, the report as
        that of a version; for ``stage`` see `gpo_quality_version_progress`, for the cards,
        which are of the report's examples, `gpo_quality_version_cards`
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
    choice = Choice(data_dict["rule"], data_dict["field"])
    return _dictize(begun) | _progress(begun) | _report(begun, choice)


def _dictize(begun: trial.Trial) -> dict[str, Any]:
    return {
        "id": begun.id,
        "table": begun.table_ref,
        "file_name": begun.file_name,
        "state": begun.state.value,
        "ended": begun.state.ended,
    }


def _progress(begun: trial.Trial) -> dict[str, Any]:
    if begun.state.ended:
        return asdict(progress.Progress("")) | {"waiting_for": []}
    note = progress.read(begun.id) or progress.Progress(begun.state.value)
    return asdict(note) | {"waiting_for": []}


def _report(begun: trial.Trial, choice: Choice) -> dict[str, Any]:
    report, described = begun.report, table(begun.table_ref)
    if report is None:
        return {"report": None, "cards": []}
    english = is_english()
    reader = Reader({}, described, tk._, english=english)
    cards = example_cards(report, [field["name"] for field in described.fields])
    return {
        "report": readable(report, {}, described, tk._, english=english),
        "cards": readable_cards(reader, cards, choice, 0, MOST_CARDS)["cards"],
    }


def _client(context: Context) -> str:
    """Who tries a file: an account, or else an address."""
    return context.get("user") or request_address(tk.request.environ)


def _refusal(field: str, err: trial.TrialError) -> tk.ValidationError:
    message = {
        "trials-too-many": tk._("Many files are being tried; try again later"),
        "trials-of-client": tk._(
            "You have tried many files; try this one a little later"
        ),
        "trials-away": tk._("Files cannot be tried at the moment; try again later"),
    }[err.code]
    return tk.ValidationError({field: [message], "code": [err.code]})
