"""The grammar of record parameters in an address, read into what the actions take. Pure.

A filter is `<field>.<operator>=<value>`, with the operators of `query.conditions`: `eq`, `ne`,
`gt`, `gte`, `lt`, `lte`, `in`, `contains`, `starts`, `empty`. All filters hold at once; `in`
is repeated for each of its values, since a value may have a comma. What needs and, or, not is
written as JSON in `filters`, beside which other filters hold too. The other parameters have
names without a point: `q`, `sort`, `select` (fields, by commas or repeated), `limit`, `after`,
`before`, `count`, `version`, `as_of`; each of them stands once.

    parse_parameters(request.args.items(multi=True), RECORDS, tk._)

gives the parameters of `gpo_dataapi_record_list` less `dataset`; only those that the address
has, as texts (`limit`, `version`) but for `filters` (an object) and `fields` (a list, from
`select`). Other calls give other names: those of `SELECTION` and their own, which come back
as they are; `LANGUAGE` may stand in every address and is left out. A name that is neither is
refused, so that a slip does not give rows that were not meant.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, Final, cast

from ckanext.gpo.common.types import Translate

from .query import QueryError

Pair = tuple[str, str]

SELECTION: Final = frozenset({"filters", "q"})
"""Which rows; filters of single fields are always taken beside `filters`."""

RECORDS: Final = SELECTION | {
    "sort",
    "select",
    "limit",
    "after",
    "before",
    "count",
    "version",
    "as_of",
}

LANGUAGE: Final = "lang"

LONGEST_JSON: Final = 100_000

_FILTERS: Final = "filters"
_SELECT: Final = "select"


def parse_parameters(
    pairs: Iterable[Pair], names: Collection[str], _: Translate
) -> dict[str, Any]:
    """What the parameters of an address say, by the names that actions have for it.

    :param pairs: name and value, in their order
    :param names: the parameters without a point that are understood
    :raises QueryError: `parameter-unknown`, `parameter-repeated`, `filters-unreadable`
    """
    reader = _Reader(names, _)
    for name, value in pairs:
        reader.read(name, value)
    return reader.parameters()


class _Reader:
    def __init__(self, names: Collection[str], _: Translate) -> None:
        self._names = names
        self._ = _
        self._named: dict[str, Any] = {}
        self._fields: list[str] = []
        self._tests: list[dict[str, Any]] = []
        self._choices: dict[str, list[str]] = {}

    def read(self, name: str, value: str) -> None:
        if name == LANGUAGE:
            return
        if name in self._names:
            if value.strip():  # a form sends what was not filled in, too
                self._read_named(name, value)
            return
        field, point, operator = name.rpartition(".")
        if not point or not field or not SELECTION & set(self._names):
            message = self._("There is no parameter “{name}” here. There are: {names}")
            names = ", ".join(sorted({*self._names, LANGUAGE}))
            raise QueryError(
                "parameter-unknown",
                message.format(name=name[:60], names=names),
                name[:60],
            )
        if operator == "in":
            self._choices.setdefault(field, []).append(value)
        else:
            self._tests.append(_condition(field, operator, value))

    def _read_named(self, name: str, value: str) -> None:
        if name == _SELECT:
            listed = (part.strip() for part in value.split(","))
            self._fields += [part for part in listed if part]
            return
        if name in self._named:
            message = self._("The parameter “{name}” stands here twice: give it once")
            raise QueryError("parameter-repeated", message.format(name=name), name)
        self._named[name] = self._parsed(value) if name == _FILTERS else value

    def _parsed(self, text: str) -> Any:
        if len(text) <= LONGEST_JSON:
            try:
                return json.loads(text)
            except (ValueError, RecursionError):
                pass
        message = self._("Filters are JSON of at most {most} characters, as {example}")
        raise QueryError(
            "filters-unreadable",
            message.format(most=LONGEST_JSON, example='{"year": {"gte": 2020}}'),
            _FILTERS,
        )

    def parameters(self) -> dict[str, Any]:
        parameters = dict(self._named)
        tests = [
            *self._tests,
            *(
                _condition(field, "in", values)
                for field, values in self._choices.items()
            ),
        ]
        if tests:
            others = parameters.get(_FILTERS)
            either = {"$or": cast("list[Any]", others)}
            tests += [either if isinstance(others, list) else others] if others else []
            parameters[_FILTERS] = tests[0] if len(tests) == 1 else {"$and": tests}
        if self._fields:
            parameters["fields"] = list(dict.fromkeys(self._fields))
        return parameters


def _condition(field: str, operator: str, value: Any) -> dict[str, Any]:
    escaped = f"${field}" if field.startswith("$") else field
    return {escaped: {operator: value}}
