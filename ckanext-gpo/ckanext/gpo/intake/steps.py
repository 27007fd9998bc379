"""What was done to a file on its way to a clean table, what was found, and where.

Pure data. The words of every code are in `words`, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ckanext.gpo.common.errors import CandidateError

Fact: TypeAlias = str | int
"""A number, a label, a code: what the words of a step or finding are filled with."""

EXAMPLES = 5
"""How many places are kept of a step or finding; all are counted."""


@dataclass(frozen=True)
class Place:
    """Where in the file, as the clerk's own program counts: rows and columns from 1.

    `row` is the row of a sheet, or the line of a text file at which the record begins.
    """

    sheet: str = ""
    row: int | None = None
    column: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Step:
    """Something done to the file, `count` times, at `places` (at most `EXAMPLES`)."""

    code: str
    count: int = 1
    places: tuple[Place, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True)
class Finding:
    """Why the table must be held: something that nobody may decide by machine.

    `value` is the cell as it stands in the file, where one cell is meant. `all_places`
    are those beyond the first `EXAMPLES` too, each with the cell that stands there; it may
    be gone through again and again.
    """

    code: str
    count: int = 1
    places: tuple[Place, ...] = ()
    value: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])
    all_places: Iterable[tuple[Place, str]] = field(
        default=(), compare=False, repr=False
    )


class IntakeError(CandidateError):
    """The file cannot be read at all; says what it is, where reading ended, what to do."""

    def __init__(self, code: str, place: Place | None = None, **facts: Fact) -> None:
        self.place = place or Place()
        self.facts: Mapping[str, Fact] = facts
        super().__init__(code, code, row=self.place.row)
