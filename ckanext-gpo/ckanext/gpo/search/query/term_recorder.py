"""The terms that a query looks for, recorded while its conditions are built.

The engine's queries cannot be asked what they look for, and a highlight must mark just
that: the word, its synonyms, its parts, what sounds like it. So every condition on terms
leaves a record here (`terms`), except those that are excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from ckanext.gpo.search.analysis import Token

MAX_RECORDS = 2_000
"""Conditions recorded of one query; a query with more of them is highlighted in part."""

Accept = Callable[[str], bool]


@dataclass(frozen=True)
class TermSequence:
    """Terms of a field at these positions, up to `slop` others between them."""

    field: str
    tokens: tuple[Token, ...]
    slop: int = 0


@dataclass(frozen=True)
class TermPredicate:
    """Any term of a field that a function accepts."""

    field: str
    accept: Accept


class TermRecorder:
    """The records of one query, in the order in which they were made."""

    def __init__(self) -> None:
        self._sequences: dict[TermSequence, None] = {}
        self._predicates: list[TermPredicate] = []
        self._pauses = 0

    @property
    def sequences(self) -> list[TermSequence]:
        return list(self._sequences)

    @property
    def predicates(self) -> list[TermPredicate]:
        return list(self._predicates)

    def add_sequence(self, field: str, tokens: list[Token], slop: int = 0) -> None:
        if not self._pauses and len(self._sequences) < MAX_RECORDS:
            self._sequences[TermSequence(field, tuple(tokens), slop)] = None

    def add_predicate(self, field: str, accept: Accept) -> None:
        if not self._pauses and len(self._predicates) < MAX_RECORDS:
            self._predicates.append(TermPredicate(field, accept))

    @contextmanager
    def pause(self, *, when: bool = True) -> Generator[None]:
        """Nothing is recorded: filters, and what must not be found."""
        self._pauses += when
        try:
            yield
        finally:
            self._pauses -= when
