"""What lies in which piece: counted for every rule and field, so that a page is found at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from typing_extensions import Self

KEPT = "kept"
"""The key of a report under which it says how much is kept: `{cards, rows, pieces}`."""

PIECE = 1_000
"""Cards of a piece."""

Key: TypeAlias = tuple[str, str]
"""A rule and a field, either of them empty for any."""


def keys(faults: Iterable[dict[str, Any]]) -> Counter[Key]:
    """How many faults of a card belong to each choice of rule and field."""
    counts: Counter[Key] = Counter()
    for fault in faults:
        rule, name = fault["rule"], fault.get("field") or ""
        counts.update({("", ""), (rule, ""), ("", name), (rule, name)})
    return counts


@dataclass
class Index:
    """For each key and piece, how many cards and faults of the key the piece holds."""

    fields: Sequence[str]
    cards: dict[Key, list[int]] = field(default_factory=dict[Key, list[int]])
    faults: dict[Key, list[int]] = field(default_factory=dict[Key, list[int]])
    pieces: int = 0

    def add_piece(self, cards: Counter[Key], faults: Counter[Key]) -> None:
        """Enter the next piece.

        :param cards: how many of its cards belong to a key; `faults` how many of its faults
        """
        for kept, counts in ((self.cards, cards), (self.faults, faults)):
            for key, count in counts.items():
                numbers = kept.setdefault(key, [])
                numbers += [0] * (self.pieces - len(numbers))
                numbers.append(count)
        self.pieces += 1

    def as_dict(self) -> dict[str, Any]:
        return {
            "fields": list(self.fields),
            "pieces": self.pieces,
            "keys": [
                {"rule": rule, "field": name, "cards": cards, "faults": faults}
                for ((rule, name), cards), faults in zip(
                    self.cards.items(), self.faults.values(), strict=True
                )
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
