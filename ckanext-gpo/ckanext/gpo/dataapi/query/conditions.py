"""The grammar of filters: what JSON says, as conditions.

It is CKAN 2.12's for `datastore_search` and more: `{"year": 2026}`, `{"year": [2025, 2026]}`,
`{"year": {"gte": 2020, "lt": 2026}}`, `{"$or": [{…}, {…}]}`, `{"$and": […]}`, and a list of
objects of which one has to hold. Beside `eq`, `in`, `gt`, `gte`, `lt`, `lte` there are `ne`
(also where there is no value), `contains` and `starts` for texts, without regard to capitals,
and `empty` (true or false). Null is no value: `{"year": null}` and `{"year": [2026, null]}`
find the rows where the field is empty. A field whose name begins with `$` is written with one more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, cast

from ckanext.gpo.common.types import Translate

from .errors import QueryError
from .fields import Field, Fields, select_field
from .values import Value, parse_value

PARAMETER: Final = "filters"

MOST: Final = 100
"""Conditions in one query."""
DEEPEST: Final = 10
MOST_VALUES: Final = 1_000
"""Values of one `in`."""


class Operator(str, Enum):
    EQ = "eq"
    NE = "ne"
    ONE_OF = "in"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    CONTAINS = "contains"
    STARTS = "starts"
    EMPTY = "empty"


_OF_TEXTS: Final = (Operator.CONTAINS, Operator.STARTS)
_WITHOUT_VALUE: Final = {Operator.EQ: True, Operator.NE: False}
"""Comparison with null → whether a field has to be empty."""


@dataclass(frozen=True)
class Test:
    """One field held against a value; against several for `in`, and a bool for `empty`."""

    field: Field
    operator: Operator
    value: Value | tuple[Value, ...]


@dataclass(frozen=True)
class Every:
    """All of these hold."""

    members: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """One of these holds."""

    members: tuple[Condition, ...]


Condition = Test | Every | Either

UNCONDITIONAL: Final = Every(())


def same_values(values: Mapping[Field, Value]) -> Condition:
    """That each of the fields has its value."""
    tests = (Test(field, Operator.EQ, value) for field, value in values.items())
    return Every(tuple(tests))


def names_code(condition: Condition) -> bool:
    """Whether a row has to have one value in a text field that is indexed: a key or a code.

    Rows that do are few; those with one day or one word of a list may be millions.
    """
    match condition:
        case Test(field, operator, _value):
            return operator is Operator.EQ and field.is_text and field.is_sorted
        case Every(members):
            return any(map(names_code, members))
        case Either(members):
            return bool(members) and all(map(names_code, members))


def parse_filters(
    raw: object, fields: Fields, _: Translate, parameter: str = PARAMETER
) -> Condition:
    """The condition that filters state.

    :param raw: as parsed from JSON; None for none
    :param parameter: what they are a parameter of
    :raises QueryError: it cannot be read, see the codes in `_Reader`
    """
    if raw is None or raw in ({}, []):
        return UNCONDITIONAL
    reader = _Reader(fields, _, parameter)
    if isinstance(raw, list):
        return Either(reader.members(cast("list[object]", raw), 1))
    return reader.object(raw, 1)


class _Reader:
    """Reads one query's filters and counts their conditions."""

    def __init__(self, fields: Fields, _: Translate, parameter: str) -> None:
        self._fields = fields
        self._parameter = parameter
        self._ = _
        self._count = 0

    def members(self, raw: list[object], depth: int) -> tuple[Condition, ...]:
        return tuple(self.object(member, depth + 1) for member in raw)

    def object(self, raw: object, depth: int) -> Condition:
        """An object: each of its entries has to hold."""
        if not isinstance(raw, dict):
            raise self._unreadable(
                self._(
                    "Filters are an object, as {example}, or a list of such objects"
                ),
                example='{"year": {"gte": 2020}}',
            )
        if depth > DEEPEST:
            raise self._unreadable(
                self._("Filters are nested deeper than {most} levels"), most=DEEPEST
            )
        entries = cast("dict[str, object]", raw).items()
        conditions = [self._entry(key, value, depth) for key, value in entries]
        return _every(conditions)

    def _entry(self, key: str, value: object, depth: int) -> Condition:
        if not key.startswith("$") or key.startswith("$$"):
            name = key.removeprefix("$")
            return self._field(
                select_field(self._fields, name, self._parameter, self._), value
            )
        if key not in ("$and", "$or") or not isinstance(value, list):
            raise self._unreadable(
                self._("“{key}” is not understood: $and and $or each take a list"),
                key=key[:60],
            )
        members = self.members(cast("list[object]", value), depth)
        return Every(members) if key == "$and" or not members else Either(members)

    def _field(self, field: Field, value: object) -> Condition:
        match value:
            case dict():
                tests = cast("dict[str, object]", value)
                conditions = [self._operation(field, *test) for test in tests.items()]
                return _every(conditions)
            case list():
                values = cast("list[object]", value)
                others = [
                    each
                    for each in values
                    if not isinstance(each, dict) and each is not None
                ]
                members = [
                    self._field(field, cast("object", each))
                    for each in values
                    if isinstance(each, dict)
                ]
                if None in values:
                    members.append(self._test(field, Operator.EMPTY, True))
                if others or not members:
                    members.append(self._test(field, Operator.ONE_OF, others))
                return members[0] if len(members) == 1 else Either(tuple(members))
            case None:
                return self._test(field, Operator.EMPTY, True)
            case _single:
                return self._test(field, Operator.EQ, value)

    def _operation(self, field: Field, name: str, value: object) -> Condition:
        values = _listed(value)
        if name != Operator.ONE_OF or None not in values:
            return self._test(field, name, value)
        others = [each for each in values if each is not None]
        return Either(
            (
                self._test(field, Operator.EMPTY, True),
                self._test(field, Operator.ONE_OF, others),
            )
        )

    def _test(self, field: Field, name: str, value: object) -> Test:
        self._count += 1
        if self._count > MOST:
            raise self._unreadable(
                self._("More than {most} conditions at once are too many"), most=MOST
            )
        operator = self._operator(field, name)
        if value is None and operator in _WITHOUT_VALUE:
            return Test(field, Operator.EMPTY, _WITHOUT_VALUE[operator])
        if operator is Operator.ONE_OF:
            return Test(field, operator, self._values(field, value))
        if operator is Operator.EMPTY:
            yes_or_no = Field(field.name, "boolean")
            return Test(
                field, operator, parse_value(yes_or_no, value, self._parameter, self._)
            )
        if operator in _OF_TEXTS:
            text = Field(field.name, "string")
            return Test(
                field, operator, parse_value(text, value, self._parameter, self._)
            )
        return Test(field, operator, parse_value(field, value, self._parameter, self._))

    def _operator(self, field: Field, name: str) -> Operator:
        try:
            operator = Operator(name)
        except ValueError:
            message = self._("“{operator}” is no comparison; there are: {operators}")
            raise QueryError(
                "operator-unknown",
                message.format(operator=name[:60], operators=", ".join(Operator)),
                self._parameter,
                field=field.name,
            ) from None
        if operator in _OF_TEXTS and not field.is_text:
            message = self._("“{operator}” is for texts only, and {field} is none")
            raise QueryError(
                "operator-unfit",
                message.format(operator=name, field=field.name),
                self._parameter,
                field=field.name,
            )
        return operator

    def _values(self, field: Field, raw: object) -> tuple[Value, ...]:
        values = _listed(raw)
        if len(values) > MOST_VALUES:
            raise self._unreadable(
                self._("More than {most} values at once are too many"), most=MOST_VALUES
            )
        return tuple(
            parse_value(field, value, self._parameter, self._) for value in values
        )

    def _unreadable(self, message: str, **words: Any) -> QueryError:
        return QueryError(
            "filters-unreadable", message.format(**words), self._parameter
        )


def _every(conditions: list[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else Every(tuple(conditions))


def _listed(raw: object) -> list[object]:
    return cast("list[object]", raw) if isinstance(raw, list) else [raw]
