"""What of a question the texts of rows answer, and the rows that they leave over.

PostgreSQL and DuckDB look through every row for a part of a text; in the file of texts it is
found without. What else is asked is asked of the rows that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ckanext.gpo.common.row_texts import NUL, Matches, Part, RowTexts

from .conditions import UNCONDITIONAL, Condition, Every, Operator, Test
from .records import Selection

Lower = Callable[[str], str]
"""Small letters, as the file has them."""


class Sieve:
    """The parts of texts that a selection asks for, and the rest of what it asks."""

    def __init__(self, selection: Selection, lower: Lower) -> None:
        self._selection = selection
        tests = list(_tests(selection.condition))
        sieved = [test for test in tests if _is_sieved(test)]
        self._rest = Every(tuple(test for test in tests if test not in sieved))
        self._texts = tuple(f.name for f in selection.fields.values() if f.is_text)
        pairs = [(word, self._texts) for word in selection.words]
        pairs += [
            (str(test.value), (test.field.name,))
            for test in sieved
            if isinstance(test, Test)
        ]
        self._parts = [Part(lower(text), fields) for text, fields in pairs]

    @property
    def is_whole(self) -> bool:
        """Whether nothing else is asked."""
        return self._rest == UNCONDITIONAL

    def fits(self, texts: RowTexts) -> bool:
        """Whether these texts answer it."""
        return (
            bool(self._parts)
            and texts.fields.issuperset(self._texts)
            and not any(NUL in part.text for part in self._parts)
        )

    def find(
        self, texts: RowTexts, most: int, check: Callable[[], None], *, is_counted: bool
    ) -> Matches:
        """The rows that are left, see `RowTexts.find`."""
        return texts.find(self._parts, most, check, is_counted=is_counted)

    def rest(self, matches: Matches) -> Selection:
        """What is left to be asked of the rows that are."""
        rows = tuple((matches.rows + 1).tolist())
        return replace(self._selection, condition=self._rest, words=(), rows=rows)


def _tests(condition: Condition) -> Iterator[Condition]:
    """What has to hold altogether."""
    if isinstance(condition, Every):
        for member in condition.members:
            yield from _tests(member)
    else:
        yield condition


def _is_sieved(condition: Condition) -> bool:
    return (
        isinstance(condition, Test)
        and condition.operator is Operator.CONTAINS
        and bool(condition.value)
    )
