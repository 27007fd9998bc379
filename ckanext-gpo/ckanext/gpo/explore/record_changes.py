"""What became of one record from version to version. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from ckanext.gpo.common.web.cells import Column, cell


class Kind(str, Enum):
    """What a version did to the record."""

    FIRST = "first"
    """It has it; there is no version before."""
    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"


@dataclass(frozen=True)
class State:
    """The record in one version; `record` is None if the version does not have it."""

    version: int
    published: str
    record: Mapping[str, Any] | None


@dataclass(frozen=True)
class Change:
    """One cell, before and after."""

    column: Column
    old: Any
    new: Any


@dataclass(frozen=True)
class Step:
    """What one version did to the record."""

    version: int
    published: str
    kind: Kind
    changes: list[Change]


def steps(
    states: Sequence[State], columns: Sequence[Column], *, is_whole: bool
) -> list[Step]:
    """What the versions did to the record, the newest first.

    Versions that neither had it nor got it are left out.

    :param states: the oldest first
    :param is_whole: whether the oldest of them is the first that was public; of another one
        nobody knows here what it changed, and it is only compared with
    """
    listed: list[Step] = []
    if is_whole and states and states[0].record is not None:
        listed.append(Step(states[0].version, states[0].published, Kind.FIRST, []))
    for old, new in zip(states, states[1:], strict=False):
        changes = _changes(old.record, new.record, columns)
        if kind := _kind(old, new, changes):
            listed.append(Step(new.version, new.published, kind, changes))
    return listed[::-1]


def _kind(old: State, new: State, changes: list[Change]) -> Kind | None:
    if new.record is None:
        return None if old.record is None else Kind.REMOVED
    if old.record is None:
        return Kind.ADDED
    return Kind.CHANGED if changes else Kind.SAME


def _changes(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    columns: Sequence[Column],
) -> list[Change]:
    if old is None or new is None:
        return []
    return [
        Change(column, old.get(column.name), new.get(column.name))
        for column in columns
        if _comparable(column, old.get(column.name))
        != _comparable(column, new.get(column.name))
    ]


def _comparable(column: Column, value: Any) -> Any:
    """A value without what only tells where it was read: 12.0 is 12.00."""
    if column.kind == "num" and value not in (None, ""):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            return str(value)
    return cell(column, value)
