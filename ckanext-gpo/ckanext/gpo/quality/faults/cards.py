"""Cards, read a piece at a time: a page of them, a part of their faults, or all in order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .index import Index, Key, keys


class Choice(NamedTuple):
    """Faults of one rule, of one field, or of both; empty for any."""

    rule: str = ""
    field: str = ""

    def matches(self, fault: dict[str, Any]) -> bool:
        return self.rule in ("", fault["rule"]) and self.field in (
            "",
            fault.get("field") or "",
        )


@dataclass(frozen=True)
class Card:
    """A faulty row, or one fault of the file itself.

    `row` is the row in the file; None where the fault is the file's or its header's.
    `cells` are those of the clean table by field; empty where the row is not in it.
    """

    row: int | None
    cells: dict[str, str]
    faults: list[dict[str, Any]]


class Cards:
    """All cards of a version.

    :param load: the lines of a piece, each the JSON of a card: `{row, cells, faults}`
    """

    def __init__(self, index: Index, load: Callable[[int], Sequence[str]]) -> None:
        self._index = index
        self._load = load

    def count(self, choice: Choice = Choice()) -> int:
        """Cards that hold a fault of the choice."""
        return sum(self._index.cards.get(_key(choice), ()))

    def count_faults(self, choice: Choice = Choice()) -> int:
        return sum(self._index.faults.get(_key(choice), ()))

    def page(self, choice: Choice, offset: int, limit: int) -> list[Card]:
        """Cards that hold a fault of the choice, with all their faults."""
        cards: list[Card] = []
        for number, skipped in self._pieces(self._index.cards, choice, offset):
            if len(cards) == limit:
                break
            lines = self._load(number)
            if choice == Choice():
                lines = lines[skipped : skipped + limit - len(cards)]
                skipped = 0
            for card in map(self._card, lines):
                if not any(map(choice.matches, card.faults)):
                    continue
                if skipped:
                    skipped -= 1
                elif len(cards) < limit:
                    cards.append(card)
        return cards

    def faults(
        self, choice: Choice, offset: int, limit: int
    ) -> Iterator[tuple[Card, dict[str, Any]]]:
        """Faults of the choice, each with its card."""
        for number, skipped in self._pieces(self._index.faults, choice, offset):
            for card in map(self._card, self._load(number)):
                for fault in filter(choice.matches, card.faults):
                    if skipped:
                        skipped -= 1
                        continue
                    if not limit:
                        return
                    limit -= 1
                    yield card, fault

    def __iter__(self) -> Iterator[Card]:
        for number in range(self._index.pieces):
            yield from map(self._card, self._load(number))

    def _pieces(
        self, counts: dict[Key, list[int]], choice: Choice, offset: int
    ) -> Iterator[tuple[int, int]]:
        """Pieces that hold something of the choice from an offset on; how much to skip."""
        for number, count in enumerate(counts.get(_key(choice), ())):
            if count > offset:
                yield number, offset
            offset = max(0, offset - count)

    def _card(self, line: str) -> Card:
        stored = json.loads(line)
        cells = dict(zip(self._index.fields, stored["cells"], strict=False))
        return Card(stored["row"], cells, stored["faults"])


def example_cards(report: dict[str, Any], fields: Sequence[str]) -> Cards:
    """The cards of a report that has kept examples only, as older ones have."""
    rows: dict[int | str, dict[str, Any]] = {}
    for number, fault in enumerate(report["errors"]):
        row = fault.get("row")
        card = rows.setdefault(
            f"file-{number}" if row is None else row,
            {"row": row, "cells": fault.get("cells", []), "faults": []},
        )
        card["faults"].append(fault)
    cards = sorted(rows.values(), key=lambda card: card["row"] or 0)
    index = Index(fields)
    if cards:
        counts = [keys(card["faults"]) for card in cards]
        index.add_piece(
            Counter(key for count in counts for key in count),
            sum(counts, Counter[Key]()),
        )
    lines = [json.dumps(card) for card in cards]
    return Cards(index, lambda _: lines)


def _key(choice: Choice) -> Key:
    return (choice.rule, choice.field)
