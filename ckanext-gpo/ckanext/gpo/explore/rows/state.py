"""Which rows a reader looks at, as it stands in the address.

A filter is `<field>.<operator>=<value>`; `in` is repeated for each of its values. Beside
filters there are `q`, `sort`, `columns`, `after`, `before` and `version`. What cannot be read
is left out, and said; parameters of others (`utm_source`) are left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final
from urllib.parse import urlencode

from ckanext.gpo.common import characters

from .fields import Field

OPERATORS: Final = (
    "eq",
    "ne",
    "in",
    "gt",
    "gte",
    "lt",
    "lte",
    "contains",
    "starts",
    "empty",
)

MOST_FILTERS: Final = 50
LONGEST_VALUE: Final = 500
LONGEST_WORDS: Final = 200
SHOWN_COLUMNS: Final = 30
"""So many columns are shown at first of a table that has more."""

_CURSOR: Final = re.compile(r"[0-9]{1,9}-[0-9]{1,18}")
_VERSION: Final = re.compile(r"[1-9][0-9]{0,8}")

Pair = tuple[str, str]


class Reason(str, Enum):
    """Why a parameter is ignored."""

    FIELD = "field"
    OPERATOR = "operator"
    VALUE = "value"
    TOO_MANY = "too-many"


@dataclass(frozen=True)
class Ignored:
    """A parameter of an address that says nothing which can be done."""

    parameter: str
    reason: Reason


@dataclass(frozen=True)
class Filter:
    """One condition on a field."""

    field: str
    operator: str
    value: str

    @property
    def pair(self) -> Pair:
        return f"{self.field}.{self.operator}", self.value


@dataclass(frozen=True)
class State:
    """What is looked at.

    :param columns: the columns that were chosen; empty for the usual ones
    :param version: the version that the address cites; None if it cites none
    """

    filters: tuple[Filter, ...] = ()
    q: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    page_after: str = ""
    page_before: str = ""
    version: int | None = None

    @property
    def pairs(self) -> list[Pair]:
        """The parameters of its address, the same for the same state."""
        named = [
            ("q", self.q),
            ("sort", self.sort),
            ("columns", ",".join(self.columns)),
            ("after", self.page_after),
            ("before", self.page_before),
            ("version", str(self.version or "")),
        ]
        return [
            *(filter_.pair for filter_ in self.filters),
            *((name, value) for name, value in named if value),
        ]

    @property
    def query(self) -> str:
        """Its query string, with the question mark; empty for the table as it is."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def export_pairs(self) -> list[Pair]:
        """The parameters of a file of all its rows, as exports of the data API take them."""
        named = [("q", self.q), ("sort", self.sort), ("select", ",".join(self.columns))]
        return [
            *(filter_.pair for filter_ in self.filters),
            *((name, value) for name, value in named if value),
        ]

    @property
    def selection(self) -> dict[str, Any]:
        """Which rows, as the actions of the data API take it."""
        return {"filters": self._conditions(), "q": self.q}

    @property
    def is_selected(self) -> bool:
        """Whether these may be fewer rows than the table has."""
        return bool(self.filters or self.q)

    def _conditions(self) -> dict[str, Any]:
        choices: dict[str, list[str]] = {}
        tests: list[dict[str, Any]] = []
        for filter_ in self.filters:
            if filter_.operator == "in":
                choices.setdefault(filter_.field, []).append(filter_.value)
            else:
                tests.append(_condition(filter_.field, filter_.operator, filter_.value))
        tests += [_condition(name, "in", values) for name, values in choices.items()]
        return {"$and": tests} if tests else {}

    def visible(self, fields: Mapping[str, Field]) -> list[str]:
        """The names of the columns that are shown."""
        return list(self.columns) or list(fields)[:SHOWN_COLUMNS]

    def values(self, field: str, operator: str) -> list[str]:
        """What a field is held against with an operator."""
        return [
            filter_.value
            for filter_ in self.filters
            if (filter_.field, filter_.operator) == (field, operator)
        ]

    def first_page(self) -> State:
        return replace(self, page_after="", page_before="")

    def turned(self, *, page_after: str = "", page_before: str = "") -> State:
        """The page after a place, or before it."""
        return replace(self, page_after=page_after, page_before=page_before)

    def sorted_by(self, sort: str) -> State:
        return replace(self.first_page(), sort=sort)

    def citing(self, version: int) -> State:
        return replace(self, version=version)

    def less_fields(self, *fields: str) -> State:
        """Without any filter of these fields."""
        filters = tuple(f for f in self.filters if f.field not in fields)
        return replace(self.first_page(), filters=filters)

    def less(self, filter_: Filter) -> State:
        """Without one of its filters."""
        filters = tuple(each for each in self.filters if each != filter_)
        return replace(self.first_page(), filters=filters)

    def less_words(self) -> State:
        return replace(self.first_page(), q="")


def parse_state(
    pairs: Iterable[Pair], fields: Mapping[str, Field]
) -> tuple[State, list[Ignored]]:
    """The state of an address, and what of it is ignored.

    :param pairs: the parameters of the query string, in their order
    """
    reader = _Reader(fields)
    for name, value in pairs:
        if value:
            reader.read(name, value)
    return reader.state, list(dict.fromkeys(reader.ignored))


class _Reader:
    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields
        self.state = State()
        self.ignored: list[Ignored] = []

    def read(self, name: str, value: str) -> None:
        if name in _NAMED:
            self._named(name, value)
        elif "." in name:
            self._filter(name, value)

    def _named(self, name: str, value: str) -> None:
        match name:
            case "q" if _is_readable(value, LONGEST_WORDS):
                self.state = replace(self.state, q=" ".join(value.split()))
            case "sort" if value.removeprefix("-") in self._fields:
                self.state = replace(self.state, sort=value)
            case "columns":
                self._columns(value)
            case "after" if _CURSOR.fullmatch(value):
                self.state = replace(self.state, page_after=value, page_before="")
            case "before" if _CURSOR.fullmatch(value):
                self.state = replace(self.state, page_before=value, page_after="")
            case "version" if _VERSION.fullmatch(value):
                self.state = replace(self.state, version=int(value))
            case _junk:
                reason = Reason.FIELD if name == "sort" else Reason.VALUE
                self._ignore(name, reason)

    def _columns(self, value: str) -> None:
        names = dict.fromkeys((*self.state.columns, *value[:20_000].split(",")))
        present = tuple(name for name in names if name in self._fields)
        if len(present) < len(names):
            self._ignore("columns", Reason.FIELD)
        self.state = replace(self.state, columns=present)

    def _filter(self, name: str, value: str) -> None:
        field_name, _point, operator = name.rpartition(".")
        field = self._fields.get(field_name)
        if field is None:
            self._ignore(name, Reason.FIELD)
        elif not _fits(field, operator):
            self._ignore(name, Reason.OPERATOR)
        elif not _is_readable(value, LONGEST_VALUE):
            self._ignore(name, Reason.VALUE)
        elif len(self.state.filters) >= MOST_FILTERS:
            self._ignore(name, Reason.TOO_MANY)
        else:
            filters = (*self.state.filters, Filter(field_name, operator, value.strip()))
            self.state = replace(self.state, filters=tuple(dict.fromkeys(filters)))

    def _ignore(self, parameter: str, reason: Reason) -> None:
        self.ignored.append(Ignored(characters.escape(parameter[:60]), reason))


_NAMED: Final = frozenset({"q", "sort", "columns", "after", "before", "version"})


def _condition(field: str, operator: str, value: Any) -> dict[str, Any]:
    escaped = f"${field}" if field.startswith("$") else field
    return {escaped: {operator: value}}


def _fits(field: Field, operator: str) -> bool:
    if operator in ("contains", "starts"):
        return field.takes_words
    return operator in OPERATORS


def _is_readable(value: str, longest: int) -> bool:
    is_short = bool(value.strip()) and len(value) <= longest
    return is_short and not characters.forbidden(value) and _is_encodable(value)


def _is_encodable(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)
