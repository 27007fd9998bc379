"""Tells what became of a dataset: its versions, what each changed, what is public now.

In: kept versions, their events and their Parquet files; nothing is changed here.

Out: versions and publications as the API gives them (`dictize`), lists and sums of what is
public (`publications`), what a publication changed (`changes`), and two versions compared
record by record (`Comparison`, with the kinds of changes in `KINDS`).
"""

from . import changes, dictize, publications
from .diff import KINDS, Comparison

__all__ = ["KINDS", "Comparison", "changes", "dictize", "publications"]
