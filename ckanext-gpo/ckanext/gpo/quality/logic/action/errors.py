"""Everything that is wrong with a version, as far as anybody wants to read it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common.language import is_english
from ckanext.gpo.quality.faults import Cards, Choice
from ckanext.gpo.quality.logic import schema
from ckanext.gpo.quality.report import (
    Reader,
    open_faults,
    readable_cards,
    readable_errors,
)

from .version import get


@tk.side_effect_free
@tk.validate_action_data(schema.version_errors)
def gpo_quality_version_errors(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """All errors of a version, a part at a time, in the order of its rows.

    :param id: id of the version
    :type id: str
    :param rule: only errors of this rule, as the report counts them (optional)
    :type rule: str
    :param field: only errors of this field (optional); an error of several fields has
        their names with commas between them
    :type field: str
    :param offset: how many to pass over (default: 0)
    :type offset: int
    :param limit: how many at most (default: 100, at most 1000)
    :type limit: int

    :returns: ``{total, errors: [{row, sheet, column, field, label, rule, title, message,
        value, expected, example, fix, key}]}``; reports of former versions have kept the
        first 20 errors of each rule and field
    :raises NotFound: no such version
    :raises NotAuthorized: as ``gpo_quality_version_show``
    """
    reader, cards = _open("gpo_quality_version_errors", context, data_dict)
    return readable_errors(reader, cards, *_part(data_dict))


@tk.side_effect_free
@tk.validate_action_data(schema.version_errors)
def gpo_quality_version_cards(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The faulty rows of a version, each with its cells and everything wrong with it.

    What concerns the file or its header comes before the rows, with ``row`` None.

    :param id: id of the version
    :type id: str
    :param rule: only rows that break this rule (optional)
    :type rule: str
    :param field: only rows with an error in this field (optional)
    :type field: str
    :param offset: how many to pass over (default: 0)
    :type offset: int
    :param limit: how many at most (default: 100, at most 1000)
    :type limit: int

    :returns: ``{total, cards: [{row, source_row, key, cells, marked, clipped, faults}]}``;
        ``marked`` are the names of the fields at fault, ``clipped`` those of the fields of
        whose cells only the first 5,000 characters are told
    :raises NotFound: no such version
    :raises NotAuthorized: as ``gpo_quality_version_show``
    """
    reader, cards = _open("gpo_quality_version_cards", context, data_dict)
    return readable_cards(reader, cards, *_part(data_dict))


def _open(action: str, context: Context, data_dict: DataDict) -> tuple[Reader, Cards]:
    version = get(data_dict["id"])
    access = {
        "dataset": version.package_id,
        "was_published": version.in_public_history,
    }
    tk.check_access(action, context, access)
    return open_faults(version, tk._, english=is_english())


def _part(data_dict: DataDict) -> tuple[Choice, int, int]:
    choice = Choice(data_dict["rule"], data_dict["field"])
    return choice, data_dict["offset"], data_dict["limit"]
