"""Cells as text in the form that Frictionless reads for the type of their field.

In: a `Column`, and what kind of file its cells come from.

Out: one function for the column, from a cell and its row's number to the text. What it
changes is a step in the journal. A cell that it cannot be sure of keeps its text and is a
finding; one that has no reading at all keeps its text for the gate, which says so.
"""

from .converters import converter, missing_texts
from .notes import Convert, Source

__all__ = ["Convert", "Source", "converter", "missing_texts"]
