"""A few cells of a rejected version are corrected, and it is handed in again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common import characters
from ckanext.gpo.common.context import actor
from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.intake import Correction
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage
from ckanext.gpo.quality.reception import corrections, origin
from ckanext.gpo.quality.workflow import CORRECTION, State

from . import submission
from . import version as versions


@tk.validate_action_data(schema.version_correct)
def gpo_quality_version_correct(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Correct cells of a rejected version, and hand it in again as a new version.

    The new version is made of the very file that was rejected: the reader puts the
    corrections in their places before anything else, after those that the rejected
    version had already. Its report says what was corrected, and its ``origin`` which
    version it was made of.

    :param id: id of the version; it must be the newest of its dataset
    :type id: str
    :param corrections: ``[{"row", "field", "before", "after"}]``: the row of the file, the
        name of the field, what stands in the cell by the report, and what shall stand
        there; at most 300, with those that the version had already
    :type corrections: list
    :param note: a word to whoever looks after the dataset, at most 1,000 characters
    :type note: str

    :returns: the new version
    :raises ValidationError: a field that the table does not have, something else stands in
        the cell, or nothing is corrected; with the code ``version-not-rejected`` or
        ``version-not-newest`` if this version is not the one to be corrected
    :raises NotAuthorized: the caller may not edit the dataset
    """
    old = versions.get(data_dict["id"])
    tk.check_access("gpo_quality_version_correct", context, {"dataset": old.package_id})
    if old.state != State.REJECTED.value:
        message = tk._("Only a version that was rejected can be corrected")
        raise tk.ValidationError({"id": [message], "code": ["version-not-rejected"]})
    package = versions.package(old.package_id)
    account = actor(context, package.owner_org).account
    changes = [corrections.from_json(one, account) for one in data_dict["corrections"]]
    _require_cells(old, table(old.table_ref), changes)
    _require_few(old, changes)
    with tempfile.TemporaryDirectory(prefix="gpo-correct-") as name:
        path = storage.fetch(storage.candidate(old.id), Path(name))
        with path.open("rb") as stream:
            return submission.take_in(
                context,
                package,
                stream,
                source=CORRECTION,
                origin={
                    **origin.of_file(old.origin),
                    "corrected": {"id": old.id, "number": old.number},
                },
                reason=CORRECTION,
                declaration=corrections.added(old.declaration, changes),
                note=data_dict["note"],
                facts={"corrected": old.number, "cells": len(changes)},
                follows=old,
            )


def _require_cells(old: Version, table: Table, changes: list[Correction]) -> None:
    """Each correction must be of a cell as the report shows it, where it shows it.

    :raises ValidationError: one is of no field, or of something else
    """
    fields = {field["name"]: field["title"] for field in table.fields}
    texts_by_cell = corrections.reported_texts(old.report or {}, list(fields))
    for change in changes:
        if change.field not in fields:
            message = tk._("The table has no field “{field}”")
            raise _invalid(message.format(field=change.field))
        texts = texts_by_cell.pop((change.row, change.field), None)
        if texts is None:
            continue  # the reader looks into the file itself
        if change.old not in {*texts, *map(characters.escape, texts)}:
            message = tk._(
                "Row {row}, {title}: “{text}” stands there, not “{before}”; open the report"
                " anew and correct what it shows"
            )
            raise _invalid(
                message.format(
                    row=change.row,
                    title=fields[change.field],
                    text=" / ".join(sorted(texts)),
                    before=change.old,
                )
            )


def _require_few(old: Version, changes: list[Correction]) -> None:
    _source, earlier = corrections.split(old.declaration)
    count = len(earlier) + len(changes)
    if count > corrections.MOST:
        message = tk._(
            "At most {most} cells can be corrected here, and these would be {count}:"
            " mend the file and hand it in"
        )
        raise _invalid(message.format(most=corrections.MOST, count=count))


def _invalid(message: str) -> tk.ValidationError:
    return tk.ValidationError({"corrections": [message]})
