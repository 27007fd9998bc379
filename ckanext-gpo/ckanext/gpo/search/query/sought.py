"""What a query looks for in texts, noted while its conditions are built.

The engine's queries cannot be asked what they look for, and a highlight must mark just
that: the word, its synonyms, its parts, what sounds like it. So every condition on terms
leaves a note here (`terms`), except those that are excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ckanext.gpo.search.analysis.analyser import Token

MAX_NOTES = 2_000
"""Conditions noted of one query; a query with more of them is highlighted in part."""

Accept = Callable[[str], bool]


@dataclass(frozen=True)
class Row:
    """Terms of a field at these positions, up to `slop` others between them."""

    field: str
    tokens: tuple[Token, ...]
    slop: int = 0


@dataclass(frozen=True)
class Test:
    """Any term of a field that a function accepts."""

    field: str
    accept: Accept


class Sought:
    """The notes of one query, in the order in which they were made."""

    def __init__(self) -> None:
        self._rows: dict[Row, None] = {}
        self._tests: list[Test] = []
        self._silent = 0

    @property
    def rows(self) -> list[Row]:
        return list(self._rows)

    @property
    def tests(self) -> list[Test]:
        return list(self._tests)

    def row(self, field: str, tokens: list[Token], slop: int = 0) -> None:
        if not self._silent and len(self._rows) < MAX_NOTES:
            self._rows[Row(field, tuple(tokens), slop)] = None

    def test(self, field: str, accept: Accept) -> None:
        if not self._silent and len(self._tests) < MAX_NOTES:
            self._tests.append(Test(field, accept))

    @contextmanager
    def silent(self, *, when: bool = True) -> Iterator[None]:
        """Nothing is noted: filters, and what must not be found."""
        self._silent += when
        try:
            yield
        finally:
            self._silent -= when
