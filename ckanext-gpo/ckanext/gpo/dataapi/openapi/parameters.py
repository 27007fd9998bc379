"""The parameters of an address as OpenAPI has them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.operations import Parameter, Selection
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate

from . import records

OPERATORS: Final = (
    *("eq", "ne", "lt", "lte", "gt", "gte"),
    *("in", "contains", "starts", "empty"),
)


def describe(
    parameters: Iterable[Parameter],
    path: str,
    selection: Selection,
    table: Table | None,
    english: bool,
    _: Translate,
) -> list[dict[str, Any]]:
    """The parameters of an operation, and those that every one has.

    :param path: with its places in braces
    :param table: of the one dataset that is described
    """
    described = [
        _parameter(each, "path" if f"{{{each.name}}}" in path else "query")
        for each in parameters
        if not (table and each.name == "dataset")
    ]
    if selection is Selection.ROWS:
        described += _conditions(table, english, _)
    return [*described, _parameter(p.language(_), "query")]


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": place,
        "required": place == "path" or parameter.is_required,
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }


def _conditions(
    table: Table | None, english: bool, _: Translate
) -> list[dict[str, Any]]:
    """The filters of single fields: all at once, and those of a table that is known."""
    general = {
        "name": "conditions",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": _(
            "Filters of single fields, as floor_area.gte=100; all of them hold at once."
            " After the point stands one of: {operators}"
        ).format(operators=", ".join(OPERATORS)),
        "schema": {
            "type": "object",
            "propertyNames": {"pattern": rf"^[a-z]\w*\.({'|'.join(OPERATORS)})$"},
            "additionalProperties": {"type": "string"},
        },
    }
    if table is None:
        return [general]
    return [
        {
            "name": f"{field['name']}.{operator}",
            "in": "query",
            "required": False,
            "description": records.title(field, english),
            "schema": records.value(field, or_none=False),
        }
        for field in table.fields
        for operator in _usual_operators(field["type"])
    ]


def _usual_operators(kind: str) -> tuple[str, ...]:
    if kind == "string":
        return ("eq", "contains")
    return ("eq",) if kind == "boolean" else ("eq", "gte", "lte")
