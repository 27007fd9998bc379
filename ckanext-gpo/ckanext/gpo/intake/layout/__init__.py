"""Finds the header of a table, and which column is which field.

In: the first rows of a grid, the table's fields, and what is declared of its files.

Out: a `Layout`, with steps and findings in the journal; or an `IntakeError` where no row
names half of the fields. A header is never guessed: it is the row, or the two or three,
under whose labels most fields are known; what stands above it is named.
"""

from .finder import DEPTH, HEADER_SHARE, best_header, find_layout, fitness
from .layout import Column, Extra, Layout
from .vocabulary import Field, Vocabulary, field_unit

__all__ = [
    "DEPTH",
    "HEADER_SHARE",
    "Column",
    "Extra",
    "Field",
    "Layout",
    "Vocabulary",
    "best_header",
    "field_unit",
    "find_layout",
    "fitness",
]
