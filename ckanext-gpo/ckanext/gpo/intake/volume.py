"""Whether a table has lost so many rows that half of the file may be missing.

A file can be cut off so neatly that every row of it is right. A table that really shrinks,
e.g. one that is handed in anew for each month, consents to it once, in its schema.
"""

from __future__ import annotations

from typing import Final

from .journal import Journal

SMALLEST: Final = 20
"""Rows: of a smaller table a few may go without notice."""

SHARE: Final = 0.5
"""Of the public rows, what a new version keeps at least."""


def compare(rows: int, published_rows: int, journal: Journal) -> None:
    """Record `rows-dropped` if fewer than `SHARE` of the public rows are there."""
    if published_rows >= SMALLEST and rows < SHARE * published_rows:
        journal.record("rows-dropped", rows=rows, published=published_rows)
