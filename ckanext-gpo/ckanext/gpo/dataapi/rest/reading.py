"""What an address says, as the action of its operation takes it. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import Any

from ckanext.gpo.common.rest.operations import Operation, Parameter
from ckanext.gpo.common.rest.parameters import language
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate
from ckanext.gpo.dataapi.parameters import LANGUAGE, Pair, parse_parameters
from ckanext.gpo.dataapi.query import QueryError

_RENAMED = {"select": "fields"}
"""Parameters that the parser of addresses calls as actions do."""


def read_address(
    operation: Operation,
    places: Mapping[str, str],
    pairs: Iterable[Pair],
    table: Table | None,
    _: Translate,
) -> dict[str, Any]:
    """What the action is told.

    :param places: what stands in the places of the path
    :param pairs: the parameters behind the question mark, in their order
    :param table: of the dataset, where a record is named by its key
    :raises QueryError: `parameter-unknown`, `-repeated`, `-missing`, `-unreadable`,
        `filters-unreadable` or `key-unfit`
    """
    arguments = read_query(operation.query, pairs, _)
    for parameter in operation.parameters:
        if parameter.name in places:
            value = _checked(parameter, places[parameter.name], _)
            arguments[parameter.action_name] = value
    if "key" in places and table:
        arguments["key"] = read_key(places["key"], table, _)
    return operation.arrange(arguments)


def read_query(
    parameters: Iterable[Parameter], pairs: Iterable[Pair], _: Translate
) -> dict[str, Any]:
    """What stands behind the question mark, as an action takes it.

    :param parameters: those that there are here
    :raises QueryError: as `read_address`
    """
    parameters, pairs = list(parameters), list(pairs)
    values = parse_parameters(pairs, {each.name for each in parameters}, _)
    if spoken := dict(pairs).get(LANGUAGE):
        _checked(language(_), spoken, _)
    arguments: dict[str, Any] = {}
    for parameter in parameters:
        name = _RENAMED.get(parameter.name, parameter.name)
        if name in values:
            arguments[parameter.action_name] = _checked(parameter, values[name], _)
        elif parameter.is_required:
            raise _missing(parameter, _)
    if "filters" in values:  # those of single fields too
        arguments["filters"] = values["filters"]
    return arguments


def read_body(
    operation: Operation, places: Mapping[str, str], body: object, _: Translate
) -> dict[str, Any]:
    """What the action is told by a body of JSON.

    :raises QueryError: `parameter-unreadable`: it is no object
    """
    if not isinstance(body, dict):
        message = _("The parameters must be an object of JSON")
        raise QueryError("parameter-unreadable", message, "body")
    return {**body, **places}


def read_key(text: str, table: Table, _: Translate) -> dict[str, str]:
    """The primary key that an address names: its values with commas between.

    :raises QueryError: `key-unfit`: as many values as the key has fields are needed
    """
    names = table.primary_key
    values = [text] if len(names) == 1 else next(csv.reader([text]))
    if not names or len(values) != len(names):
        message = _("The key of a record has these fields: {fields}")
        message = message.format(fields=", ".join(names) or "–")
        raise QueryError("key-unfit", message, "key")
    return dict(zip(names, values, strict=True))


def _checked(parameter: Parameter, value: Any, _: Translate) -> Any:
    schema = parameter.schema
    if not isinstance(value, str):
        return value
    if schema["type"] == "integer":
        return _whole(parameter, value, _)
    if "enum" in schema and value not in schema["enum"]:
        message = _("One of these is wanted here: {values}")
        raise _unreadable(parameter, message.format(values=", ".join(schema["enum"])))
    most = schema.get("maxLength")
    if most and len(value) > most:
        message = _("A text of at most {most} characters is wanted here")
        raise _unreadable(parameter, message.format(most=most))
    return value


def _whole(parameter: Parameter, text: str, _: Translate) -> int:
    least, most = parameter.schema["minimum"], parameter.schema["maximum"]
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 20:
        number = int(digits)
        if least <= number <= most:
            return number
    message = _("A whole number from {least} to {most} is wanted here")
    raise _unreadable(parameter, message.format(least=least, most=most))


def _unreadable(parameter: Parameter, message: str) -> QueryError:
    return QueryError("parameter-unreadable", message, parameter.name)


def _missing(parameter: Parameter, _: Translate) -> QueryError:
    message = _("The parameter “{name}” is needed here")
    message = message.format(name=parameter.name)
    return QueryError("parameter-missing", message, parameter.name)
