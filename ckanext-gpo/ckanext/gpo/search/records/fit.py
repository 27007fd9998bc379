"""How well a value is what a query asks for, and where. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ckanext.gpo.search.query import distance

from . import text
from .columns import Column, Role
from .query import RecordQuery


class Level(IntEnum):
    """How well; the best is the lowest."""

    WHOLE = 0
    BEGINNING = 1
    PART = 2
    WORDS = 3
    SOUND = 4
    SLIP = 5

    @property
    def is_guess(self) -> bool:
        return self >= Level.SOUND


@dataclass(frozen=True)
class Fit:
    """How well a record fits, and the column by which it does."""

    level: Level
    column: Column


@dataclass(frozen=True)
class _Value:
    column: Column
    plain: str
    units: list[str]
    compact: str


def best_fit(
    query: RecordQuery,
    columns: Sequence[Column],
    row: Mapping[str, object],
    *,
    guess: bool,
) -> Fit | None:
    """How a record fits by the best of its values; None: it does not.

    :param guess: whether a value may also sound alike, or be one slip away
    """
    values = [_value(column, row) for column in columns if row.get(column.name)]
    fits = [
        Fit(level, value.column)
        for value in values
        if (level := _level(query, value, guess=guess)) is not None
    ]
    if fits:
        return min(fits, key=lambda each: each.level)
    return _fit_by_words(query, values)


def _value(column: Column, row: Mapping[str, object]) -> _Value:
    plain = text.plain(str(row[column.name]))
    units = text.units(plain)
    return _Value(column, plain, units, text.compact(units))


def _level(query: RecordQuery, value: _Value, *, guess: bool) -> Level | None:
    if value.compact == query.compact:
        return Level.WHOLE
    if query.is_code and value.compact.startswith(query.compact):
        return Level.BEGINNING
    if value.units[: len(query.units)] == query.units:
        return Level.BEGINNING
    if _has_part(query.units, value.units):
        return Level.PART
    return _guessed_level(query, value) if guess else None


def _has_part(parts: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether units stand in a row: 路1号 is no part of 路12号."""
    return any(
        whole[start : start + len(parts)] == parts
        for start, unit in enumerate(whole)
        if unit == parts[0]
    )


def _fit_by_words(query: RecordQuery, values: Sequence[_Value]) -> Fit | None:
    """All words of the query, in any of the values: a name, and the street it is in."""
    best: Column | None = None
    for word in query.words:
        holder = next(
            (value.column for value in values if _has_part(word, value.units)), None
        )
        if holder is None:
            return None
        best = best or holder
    return Fit(Level.WORDS, best) if best else None


def _guessed_level(query: RecordQuery, value: _Value) -> Level | None:
    # Another number is another thing, but for codes with a check digit: one that is wrong
    # in one place is nobody's.
    if value.column.role is not Role.CODE and not _has_numbers(query, value):
        return None
    if value.column.role.is_spoken and _sounds_alike(query, value):
        return Level.SOUND
    if query.is_guessable and _is_near(query.compact, value.compact):
        return Level.SLIP
    return None


def _has_numbers(query: RecordQuery, value: _Value) -> bool:
    return not query.is_code and all(run in value.units for run in query.runs)


def _is_near(part: str, whole: str) -> bool:
    return distance(whole, part) <= 1 or _has_with_gap(part, whole)


def _sounds_alike(query: RecordQuery, value: _Value) -> bool:
    syllables = text.sounds(value.plain)
    return any(sound.strip() in syllables for sound in query.sounds)


def _has_with_gap(part: str, whole: str) -> bool:
    """Whether a part stands in a whole but for one character: another, surplus or missing."""
    if part.isascii() or len(part) < 4:
        return False
    for place in range(len(part)):
        head, tail = part[:place], part[place + 1 :]
        start = whole.find(head)
        while start >= 0:
            end = start + len(head)
            another, surplus, missing = (
                whole.startswith(tail, end + 1),
                whole.startswith(tail, end),
                whole.startswith(part[place:], end + 1),
            )
            if another or surplus or missing:
                return True
            start = whole.find(head, start + 1)
    return False
