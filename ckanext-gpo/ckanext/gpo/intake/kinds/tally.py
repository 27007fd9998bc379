"""Counts what is seen while a file is read, and hands it to the grid as steps and findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row
from ckanext.gpo.intake.places import Places
from ckanext.gpo.intake.steps import EXAMPLES, Fact, Finding, Place, Step

from .codes import CODES


@dataclass
class _Entry:
    count: int = 0
    places: list[Place] = field(default_factory=list[Place])
    value: str = ""
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])
    all_places: Places = field(default_factory=Places)


class Tally:
    """Steps and findings in the making, in the order in which they were first seen."""

    def __init__(self, declaration: Declaration) -> None:
        self._allowed = declaration.allow
        self._entries: dict[str, _Entry] = {}

    def add(
        self,
        code: str,
        place: Place | None = None,
        *,
        count: int = 1,
        value: str = "",
        **facts: Fact,
    ) -> None:
        """One more of a code, or `count` more; the first value and facts stay."""
        entry = self._entries.setdefault(code, _Entry())
        if not entry.count:
            entry.value, entry.facts = value, facts
        entry.count += count
        if place is not None and len(entry.places) < EXAMPLES:
            entry.places.append(place)
        if not self.allows(code):
            entry.all_places.add(place or Place(), value)

    def allows(self, code: str) -> bool:
        """Whether something may be done to the file, by its nature or by consent."""
        return not CODES[code].holds and (
            not CODES[code].consent or code in self._allowed
        )

    def follow(self, rows: Iterator[Row], grid: Grid) -> Iterator[Row]:
        """The rows; when they have ended, the grid has what was counted meanwhile."""
        yield from rows
        self.hand_over(grid)

    def hand_over(self, grid: Grid) -> None:
        """Append what was counted so far to the grid's steps and findings."""
        for code, entry in self._entries.items():
            places = tuple(entry.places)
            if self.allows(code):
                grid.steps.append(Step(code, entry.count, places, entry.facts))
            else:
                grid.findings.append(
                    Finding(
                        code,
                        entry.count,
                        places,
                        entry.value,
                        entry.facts,
                        entry.all_places,
                    )
                )
        self._entries.clear()
