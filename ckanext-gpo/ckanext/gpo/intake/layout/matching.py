"""Which column is which field. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .levels import Header
from .vocabulary import Match, Vocabulary


@dataclass(frozen=True)
class Assignment:
    """A column that means a field; `form` is the label by which it was known."""

    column: int
    form: str
    match: Match
    rank: tuple[int, int]
    """How freely the label was compared, and which of its forms; lower is surer."""


@dataclass(frozen=True)
class Assignments:
    """What the columns of a header mean.

    - `fields`: field name → its column
    - `repeated`: field name → columns, where more than one may be it
    - `ambiguous`: column → field names, where it may be more than one
    """

    fields: dict[str, Assignment]
    repeated: dict[str, list[int]]
    ambiguous: dict[int, list[str]]


def assign(header: Header, vocabulary: Vocabulary) -> Assignments:
    """Match each column with a field; the surer match goes first."""
    matches = [
        match
        for column in range(len(header.labels))
        if (match := _match(header.forms(column), column, vocabulary))
    ]
    matches.sort(key=lambda one: (one.rank, one.column))
    result = Assignments({}, {}, {})
    for one in matches:
        open_names = one.match.names - result.fields.keys()
        if len(open_names) == 1:
            result.fields[next(iter(open_names))] = one
        elif open_names:
            result.ambiguous[one.column] = sorted(open_names)
        else:
            for name in one.match.names:
                first = result.fields[name]
                # A freer match beside a sure one is a column of its own.
                if first.rank == one.rank:
                    columns = result.repeated.setdefault(name, [first.column])
                    columns.append(one.column)
    return result


def _match(
    forms: Sequence[str], column: int, vocabulary: Vocabulary
) -> Assignment | None:
    candidates = [
        Assignment(column, form, match, (match.fold, rank))
        for rank, form in enumerate(forms)
        if (match := vocabulary.match(form))
    ]
    # Joined levels say more than the lowest alone, however freely they are compared.
    return next(iter(candidates), None)
