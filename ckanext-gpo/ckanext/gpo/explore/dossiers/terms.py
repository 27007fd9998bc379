"""Whether something was done in time, with the arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from ckanext.gpo.common import workdays

from .reference import Term

State = Literal["kept", "late", "running", "overdue", "unjudged"]
"""`late`: done after the term; `overdue`: not done although the term is over; `unjudged`:
what would tell is older than the table on this platform."""

LOOKUPS = 5
"""Versions that are looked into for the first one with a row."""


class Publication(NamedTuple):
    """A publication of a table: number of the version, and its day in China."""

    number: int
    day: date


@dataclass(frozen=True)
class Outcome:
    """A term with what became of it.

    :param end: the day on which it was done, None if it is not or cannot be told
    :param excess: days, or working days, after `due` up to `end` or today
    """

    term: Term
    start: date
    days: int
    due: date
    provisional: bool
    end: date | None
    state: State
    excess: int = 0


def judge(
    term: Term,
    start: date,
    days: int,
    end: date | None,
    today: date,
    recorded_since: date | None = None,
) -> Outcome:
    """What became of a term.

    :param end: when it was done
    :param recorded_since: the first day of which it is recorded at all whether it was done
    """
    due, provisional = workdays.due(start, days, term.unit)
    state: State
    if end is not None and end <= due:
        state = "kept"
    elif recorded_since is not None and recorded_since > due:
        state = "unjudged"
    elif end is not None:
        state = "late"
    else:
        state = "running" if today <= due else "overdue"
    excess = 0
    if state in ("late", "overdue"):
        excess = workdays.days_between(due, end or today, term.unit)
    return Outcome(term, start, days, due, provisional, end, state, excess)


def applies(term: Term, record: Mapping[str, Any]) -> bool:
    """Whether a row sets a term running."""
    return (
        all(record.get(name) == value for name, value in term.when.items())
        and day(record.get(term.start)) is not None
        and length(term, record) is not None
    )


def length(term: Term, record: Mapping[str, Any]) -> int | None:
    """How many days a term has; None if the row does not tell."""
    if term.days is not None:
        return term.days
    value = record.get(term.days_column)
    return int(value) if value is not None else None


def day(value: Any) -> date | None:
    """A cell of a date column; None for an empty one."""
    return date.fromisoformat(str(value)[:10]) if value else None


def first_public_day(
    due: date,
    publications: Sequence[Publication],
    has_row: Callable[[int], bool | None],
) -> date | None:
    """The first day on which a row was public, as exactly as `due` needs.

    :param publications: of the table, the oldest first; the last is public now and has
        the row
    :param has_row: number of a version → whether it has the row; None if that is not told
    :returns: a day up to `due` if it was public then, else the first of which it is not
        certain that it was not; None if nobody can tell
    """
    in_time = [each for each in publications if each.day <= due]
    if not in_time:
        return publications[0].day
    first = in_time[-1].day
    later = publications[len(in_time) :]
    for candidate, following in list(pairwise([in_time[-1], *later]))[:LOOKUPS]:
        presence = has_row(candidate.number)
        if presence is not False:
            return candidate.day if presence else None
        first = following.day
    return first
