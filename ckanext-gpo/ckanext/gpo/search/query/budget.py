"""How much work one request may ask for, by the kind of work.

The engine has no clock that stops it, so what is too much must be known before it begins:
each condition is paid for while it is built. A request within these ceilings takes less
than a second and less than 100 MB on 10,000 datasets, whatever its text.
"""

from __future__ import annotations

from ckanext.gpo.search.errors import CostError, Excess

CEILINGS = {Excess.CLAUSES: 8_192, Excess.PATTERNS: 100}
"""Clauses are paid for by the signs and words of Lucene's language, in all texts of the
request, each of which takes a tenth of a millisecond to read. Patterns are wildcards,
fuzzy words, expressions, ranges of words and loose phrases: each of them looks through
the words of a field, or through their places in every text."""

REASONS = {
    Excess.CLAUSES: "too many boolean clauses",
    Excess.PATTERNS: "too many wildcards, fuzzy words, loose phrases or ranges",
}


class Budget:
    """What one request has left to spend."""

    def __init__(self) -> None:
        self._remaining = dict(CEILINGS)

    def spend(self, kind: Excess, amount: int) -> None:
        """Pay for some work.

        :raises CostError: nothing is left for it
        """
        self._remaining[kind] -= amount
        if self._remaining[kind] < 0:
            raise CostError(kind, REASONS[kind])
