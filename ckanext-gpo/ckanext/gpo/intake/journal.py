"""The journal of one file: what was done to it and found in it, counted and placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from .codes import CODES, VALUES, Decision
from .places import Places
from .steps import EXAMPLES, Fact, Finding, Place, Step


@dataclass
class _Entry:
    is_step: bool
    value: str
    facts: dict[str, Fact]
    count: int = 0
    places: list[Place] = field(default_factory=list[Place])
    all_places: Places = field(default_factory=Places)


_Key: TypeAlias = tuple[str, int | None, tuple[Fact, ...]]


class Journal:
    """Gathers what happens under one code with the same facts.

    What happens to values is counted by column, since that is how a person mends it; what
    happens to rows and labels is counted once for the table.

    `sheet` is empty where the kind of file has none; `allow` are the codes that the
    table consents to.
    """

    def __init__(self, sheet: str, allow: frozenset[str]) -> None:
        self.sheet = sheet
        self._allow = allow
        self._entries: dict[_Key, _Entry] = {}
        self.count = 0
        """How often anything was recorded."""

    def permits(self, code: str) -> bool:
        """Whether it may be done: always, or because the table consents."""
        decision = CODES[code].decision
        return decision is Decision.STEP or (
            decision is Decision.CONSENT and code in self._allow
        )

    def record(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        label: str = "",
        value: str = "",
        **facts: Fact,
    ) -> bool:
        """Count one more; True if it is a step to be done, False if the table is held.

        :param row: see `Place.row`
        :param column: from 1, as the file has it
        """
        key = (code, column if code in VALUES else None, tuple(facts.values()))
        entry = self._entries.get(key)
        if entry is None:
            entry = _Entry(self.permits(code), value, facts)
            self._entries[key] = entry
        entry.count += 1
        self.count += 1
        if not entry.is_step or len(entry.places) < EXAMPLES:
            place = Place(self.sheet, row, column, label)
            if len(entry.places) < EXAMPLES:
                entry.places.append(place)
            if not entry.is_step:
                entry.all_places.add(place, value)
        return entry.is_step

    @property
    def steps(self) -> list[Step]:
        """What was done, in the order in which each came up first."""
        return [
            Step(code, entry.count, tuple(entry.places), entry.facts)
            for (code, _, _), entry in self._entries.items()
            if entry.is_step
        ]

    @property
    def findings(self) -> list[Finding]:
        """Why the table is held, in the order in which each came up first."""
        return [
            Finding(
                code,
                entry.count,
                tuple(entry.places),
                entry.value,
                entry.facts,
                entry.all_places,
            )
            for (code, _, _), entry in self._entries.items()
            if not entry.is_step
        ]
