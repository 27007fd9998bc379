"""The figures of a chart: what it draws and the table beside it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ckanext.gpo.common.types import Translate

from .choice import Choice

Group = dict[str, Any]
"""Of `gpo_dataapi_record_aggregate`: the values of its key, and of its measures."""

MOST_DRAWN = 24
"""Bars of names that still can be read; of time all are drawn."""
MOST_SHARES = 8


@dataclass(frozen=True)
class Figure:
    """One group.

    :param key: its value in the rows, by which they are found; None where there is none
    :param value: of the measure; None if no row of the group has one
    :param share: of the whole in percent; None where parts make no whole, and in time
    :param length: of its bar, in percent of the longest one; at least nothing
    """

    label: str
    key: str | None
    value: Decimal | None
    share: Decimal | None
    length: float


@dataclass(frozen=True)
class Figures:
    """All groups in the order in which they are told.

    :param drawn: those of the chart; what is left of them stands together at the end
    :param left_out: the group of rows without a time, which has no place on a line of time
    :param total: of all groups; None where they have none, or none that says anything
    :param is_complete: whether there are no more groups
    """

    all: list[Figure]
    drawn: list[Figure]
    left_out: Figure | None
    total: Decimal | None
    is_complete: bool


def read_figures(
    choice: Choice, groups: Sequence[Group], is_complete: bool, _: Translate
) -> Figures:
    """The figures of a choice.

    :param groups: with one key and one value each; in time the latest first, else the
        highest first
    """
    pairs = [(_key(group["key"][0]), _number(group["values"][0])) for group in groups]
    if choice.dimension.is_time:
        pairs.reverse()
    order = {value: place for place, value in enumerate(choice.dimension.order)}
    if choice.dimension.order and choice.kind == "streets":
        pairs.sort(key=lambda pair: order.get(pair[0] or "", len(order)))
    values = [value for _key_, value in pairs if value is not None]
    total = None
    if choice.measure.is_additive and is_complete and not choice.dimension.is_key:
        total = sum(values, Decimal(0))
    whole = None if choice.dimension.is_time else total
    longest = max((abs(value) for value in values), default=Decimal(0))
    all_figures = [
        Figure(
            label=_label(key, _),
            key=key,
            value=value,
            share=_percent(value, whole),
            length=float(_percent(value, longest) or 0),
        )
        for key, value in pairs
    ]
    left_out = None
    if choice.dimension.is_time:
        left_out = next((f for f in all_figures if f.key is None), None)
    placed = [figure for figure in all_figures if figure is not left_out]
    drawn = _drawn(choice, placed, total, _)
    return Figures(all_figures, drawn, left_out, total, is_complete)


def _drawn(
    choice: Choice, figures: list[Figure], total: Decimal | None, _: Translate
) -> list[Figure]:
    most = MOST_SHARES if choice.kind == "share" else MOST_DRAWN
    if choice.dimension.is_time or len(figures) <= most:
        return figures
    first, others = figures[:most], figures[most:]
    if total is None:
        return first
    value = sum((f.value for f in others if f.value is not None), Decimal(0))
    label = _("{count} others").format(count=len(others))
    return [*first, Figure(label, None, value, _percent(value, total), 0)]


def _percent(value: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if value is None or not whole:
        return None
    return round(100 * value / whole, 1)


def _key(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None or value == "" else str(value)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _label(key: str | None, _: Translate) -> str:
    if key is None:
        return _("Not stated")
    return {"true": _("Yes"), "false": _("No")}.get(key, key)
