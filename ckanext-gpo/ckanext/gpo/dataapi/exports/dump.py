"""The parameters of CKAN's `datastore/dump` as those of an export.

What it has and an export has not is refused: rows that were not meant would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ckanext.gpo.common.types import Translate
from ckanext.gpo.dataapi.query import QueryError

FORMS: Final = ("csv", "tsv", "json", "xml")

Pair = tuple[str, str]

_DIRECTIONS: Final = frozenset({"asc", "desc"})
_TRUE: Final = frozenset({"true", "yes", "t", "y", "1", "on"})
_FIRST: Final = "_id"
"""CKAN's number of a row: the order of the file, in which rows come anyway."""


def translate(
    parameters: Mapping[str, str], _: Translate
) -> tuple[str, Iterable[Pair]]:
    """The form and the parameters of the export.

    :raises QueryError: `value-unreadable`, `parameter-unknown`
    """
    form = parameters.get("format") or "csv"
    if form not in FORMS:
        message = _("“{value}” is none of these: {choices}")
        raise QueryError(
            "value-unreadable",
            message.format(value=form[:60], choices=", ".join(FORMS)),
            "format",
        )
    pairs: list[Pair] = []
    for name, value in parameters.items():
        if not value or name in ("format", "bom"):
            continue
        if name in ("filters", "limit"):
            pairs.append((name, value))
        elif name == "fields":
            pairs.append(("select", _listed(value)))
        elif name == "sort":
            pairs.append(("sort", _sort(value, _)))
        elif name == "q" and not value.lstrip().startswith("{"):
            pairs.append((name, value))
        elif name == "offset" and value.strip() == "0":
            continue
        else:
            raise _refusal(name, _)
    if form in ("csv", "tsv"):
        is_marked = parameters.get("bom", "").lower() in _TRUE
        pairs.append(("encoding", "utf-8-sig" if is_marked else "utf-8"))
        pairs.append(("header", "names"))
    return form, pairs


def _listed(value: str) -> str:
    """Fields by commas, as they are or as JSON."""
    return re.sub(r'[\[\]"]', "", value)


def _sort(value: str, _: Translate) -> str:
    text = " ".join(_listed(value).split())
    field, _space, direction = text.rpartition(" ")
    if not field or direction.lower() not in _DIRECTIONS:
        field, direction = text, "asc"
    is_descending = direction.lower() == "desc"
    if "," in field or not field or (field == _FIRST and is_descending):
        raise _refusal("sort", _)
    if field == _FIRST:
        return ""
    return f"-{field}" if is_descending else field


def _refusal(name: str, _: Translate) -> QueryError:
    message = _(
        "“{name}” cannot be given here like this. There are: {names}; rows page by page"
        " are told by {action}"
    )
    names = "format, bom, filters, q, fields, sort, limit"
    message = message.format(
        name=name[:60], names=names, action="gpo_dataapi_record_list"
    )
    return QueryError("parameter-unknown", message, name[:60])
