"""The controls of the form that filters rows, by the types of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .fields import DAYS, NUMBERS, Field
from .state import State

MOST_CHOICES: Final = 40
"""A list of more values than this is filtered by a word."""

_INPUTS: Final = {
    "date": "date",
    "datetime": "date",
    "yearmonth": "month",
    "year": "number",
}


@dataclass(frozen=True)
class Control:
    """How a field is filtered.

    :param kind: `range`, `choices`, `boolean` or `text`
    :param input: the type of a range's inputs, as HTML has it
    :param settings: choice or operator → value that is set
    """

    field: Field
    kind: str
    input: str
    settings: Mapping[str, str]
    is_set: bool

    @property
    def can_be_empty(self) -> bool:
        return not self.field.is_required


def controls(
    fields: Mapping[str, Field], names: Iterable[str], state: State
) -> list[Control]:
    """The controls of some fields, and of all that are filtered already."""
    filtered = {filter_.field for filter_ in state.filters}
    visible = {*names, *filtered}
    return [
        _control(field, state) for field in fields.values() if field.name in visible
    ]


def uncontrolled(state: State, offered: Iterable[Control]) -> list[tuple[str, str]]:
    """The filters that the form does not show and has to keep."""
    places = {
        (control.field.name, operator)
        for control in offered
        for operator in _operators(control.kind)
    }
    return [f.pair for f in state.filters if (f.field, f.operator) not in places]


def _operators(kind: str) -> tuple[str, ...]:
    own = {
        "range": ("gte", "lte"),
        "choices": ("in",),
        "boolean": ("eq",),
        "text": ("contains",),
    }
    return (*own[kind], "empty")


def _control(field: Field, state: State) -> Control:
    kind = _kind(field)
    settings: dict[str, str] = {}
    for operator in _operators(kind):
        for value in state.values(field.name, operator):
            settings[value if operator == "in" else operator] = value
    return Control(
        field=field,
        kind=kind,
        input=_INPUTS.get(field.type, "text"),
        settings=settings,
        is_set=any(filter_.field == field.name for filter_ in state.filters),
    )


def _kind(field: Field) -> str:
    if 0 < len(field.choices) <= MOST_CHOICES:
        return "choices"
    if field.type == "boolean":
        return "boolean"
    if field.type in NUMBERS | DAYS | {"year"}:
        return "range"
    return "text"
