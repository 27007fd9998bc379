"""What lies in which piece: counted for every rule and field, so that a page is found at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from typing_extensions import Self

SIZES = "kept"
"""The key of a report under which it says how much is kept: `{cards, rows, pieces}`."""

PIECE = 1_000
"""Cards of a piece."""

Key: TypeAlias = tuple[str, str]
"""A rule and a field, either of them empty for any."""


Group: TypeAlias = tuple[str, str]
"""The rule and the field of a fault; the field is empty where it has none."""


def group(fault: dict[str, Any]) -> Group:
    return fault["rule"], fault.get("field") or ""


def _keys(fault: Group) -> set[Key]:
    """The choices of rule and field that a fault belongs to."""
    rule, name = fault
    return {("", ""), (rule, ""), ("", name), (rule, name)}


@dataclass
class Index:
    """For each key and piece, how many cards and faults of the key the piece holds."""

    fields: Sequence[str]
    cards: dict[Key, list[int]] = field(default_factory=dict[Key, list[int]])
    faults: dict[Key, list[int]] = field(default_factory=dict[Key, list[int]])
    pieces: int = 0

    def add_piece(self, cards: Counter[tuple[Group, ...]]) -> None:
        """Enter the next piece.

        :param cards: how many of its cards have these faults
        """
        card_counts: Counter[Key] = Counter()
        fault_counts: Counter[Key] = Counter()
        for groups, count in cards.items():
            every = [_keys(each) for each in groups]
            for key in chain.from_iterable(every):
                fault_counts[key] += count
            for key in set(chain.from_iterable(every)):
                card_counts[key] += count
        for target, counts in ((self.cards, card_counts), (self.faults, fault_counts)):
            for key, count in counts.items():
                numbers = target.setdefault(key, [])
                numbers += [0] * (self.pieces - len(numbers))
                numbers.append(count)
        self.pieces += 1

    def as_dict(self) -> dict[str, Any]:
        return {
            "fields": list(self.fields),
            "pieces": self.pieces,
            "keys": [
                {
                    "rule": rule,
                    "field": name,
                    "cards": cards,
                    "faults": self.faults[rule, name],
                }
                for (rule, name), cards in self.cards.items()
            ],
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        entries = {(entry["rule"], entry["field"]): entry for entry in stored["keys"]}
        return cls(
            stored["fields"],
            {key: entry["cards"] for key, entry in entries.items()},
            {key: entry["faults"] for key, entry in entries.items()},
            stored["pieces"],
        )
