"""Profiles of columns as they are drawn: bars with the rows that each stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .fields import Field
from .state import Filter, State

_HEIGHT: Final = 32


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, how many rows, and the filter that shows them.

    :param length: of 32, at least 1 where there is any row
    """

    label: str
    count: int
    length: float
    filters: tuple[Filter, ...]

    def state(self, state: State) -> State:
        """The rows that the bar stands for, of the whole table."""
        return State(filters=self.filters, columns=state.columns)


@dataclass(frozen=True)
class Drawn:
    """The profile of a field.

    :param figures: of `gpo_dataapi_field_profile_list`
    :param is_spread: whether the bars stand side by side, as steps of a range
    """

    field: Field
    figures: Mapping[str, Any]
    bars: tuple[Bar, ...]
    is_spread: bool


def drawn_profiles(
    fields: Mapping[str, Field],
    profiles: Iterable[Mapping[str, Any]],
    names: Iterable[str],
) -> list[Drawn]:
    """The profiles of some fields, in the order of the table."""
    visible = set(names)
    return [
        _drawn(fields[profile["name"]], profile)
        for profile in profiles
        if profile["name"] in visible and profile["name"] in fields
    ]


def _drawn(field: Field, profile: Mapping[str, Any]) -> Drawn:
    if profile["bins"]:
        most = max(each["count"] for each in profile["bins"])
        bars = [_step(field, each, most) for each in profile["bins"]]
    else:
        most = max((each["count"] for each in profile["frequent"]), default=0)
        bars = [_value(field, each, most) for each in profile["frequent"]]
    return Drawn(field, profile, tuple(bars), is_spread=bool(profile["bins"]))


def _step(field: Field, step: Mapping[str, Any], most: int) -> Bar:
    start, end = _short(step["start"]), _short(step["end"])
    filters = (Filter(field.name, "gte", start), Filter(field.name, "lte", end))
    return Bar(f"{start} – {end}", step["count"], _length(step["count"], most), filters)


def _value(field: Field, value: Mapping[str, Any], most: int) -> Bar:
    text = str(value["value"])
    # a long text is known by its beginning alone
    operator = "eq" if len(text) < 200 else "starts"
    filters = (Filter(field.name, operator, text),) if text.strip() else ()
    return Bar(text, value["count"], _length(value["count"], most), filters)


def _length(count: int, most: int) -> float:
    return max(round(_HEIGHT * count / most, 1), 1) if count else 0


def _short(value: Any) -> str:
    """An edge without the digits that only the division has brought.

    >>> _short(1234.5678), _short(12.0), _short("2026-11-23")
    ('1234.57', '12', '2026-11-23')
    """
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
