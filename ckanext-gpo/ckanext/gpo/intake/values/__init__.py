"""Cells as text in the form that Frictionless reads for the type of their field.

In: a `Column`, and what kind of file its cells come from.

Out: one function for the column, from cells and their rows' numbers to the texts. What it
changes is a step in the journal. A cell that it cannot be sure of keeps its text and is a
finding; one that has no reading at all keeps its text for the gate, which says so.
"""

from .converters import column_converter, converter, missing_texts
from .notes import Convert, ConvertColumn, Source

__all__ = [
    "Convert",
    "ConvertColumn",
    "Source",
    "column_converter",
    "converter",
    "missing_texts",
]
