"""Cards, read a piece at a time: a page of them, a part of their faults, or all in order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from .index import Index, Key, group


class Choice(NamedTuple):
    """Faults of one rule, of one field, or of both; empty for any."""

    rule: str = ""
    field: str = ""

    @property
    def key(self) -> Key:
        return self.rule, self.field

    def matches(self, fault: dict[str, Any]) -> bool:
        return self.rule in ("", fault["rule"]) and self.field in (
            "",
            fault.get("field") or "",
        )


ANY: Final = Choice()


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

    def count(self, choice: Choice) -> int:
        """Cards that hold a fault of the choice."""
        return sum(self._index.cards.get(choice.key, ()))

    def count_faults(self, choice: Choice) -> int:
        return sum(self._index.faults.get(choice.key, ()))

    def page(self, choice: Choice, offset: int, limit: int) -> list[Card]:
        """Cards that hold a fault of the choice, with all their faults."""
        lines, skipped = self._lines(self._index.cards, choice, offset)
        page = slice(skipped, skipped + limit)
        if choice == ANY:
            return [*map(self._card, islice(lines, page.start, page.stop))]
        matches = (
            card
            for card in map(self._card, lines)
            if any(map(choice.matches, card.faults))
        )
        return [*islice(matches, page.start, page.stop)]

    def faults(
        self, choice: Choice, offset: int = 0, limit: int | None = None
    ) -> Iterator[tuple[Card, dict[str, Any]]]:
        """Faults of the choice, each with its card."""
        lines, skipped = self._lines(self._index.faults, choice, offset)
        matches = (
            (card, fault)
            for card in map(self._card, lines)
            for fault in filter(choice.matches, card.faults)
        )
        stop = None if limit is None else skipped + limit
        return islice(matches, skipped, stop)

    def __iter__(self) -> Iterator[Card]:
        lines, _ = self._lines(self._index.cards, ANY, 0)
        return map(self._card, lines)

    def _lines(
        self, counts: dict[Key, list[int]], choice: Choice, offset: int
    ) -> tuple[Iterator[str], int]:
        """Lines from the piece on that holds an offset, and how many matches to skip there.

        Pieces that hold nothing of the choice are passed over, and none is loaded before it
        is read.
        """
        numbers: list[int] = []
        for number, count in enumerate(counts.get(choice.key, ())):
            if numbers or count > offset:
                numbers += [number] * (count > 0)
            else:
                offset -= count
        return chain.from_iterable(map(self._load, numbers)), offset

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
        index.add_piece(Counter(tuple(map(group, card["faults"])) for card in cards))
    lines = [json.dumps(card) for card in cards]
    return Cards(index, lambda _: lines)
