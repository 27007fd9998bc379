"""Tells what became of a dataset: its versions, what each changed, what is public now.

In: kept versions, their events and their Parquet files; nothing is changed here.

Out: versions and publications as the API gives them (`dictize`), lists and sums of what is
public (`publications`), and what a publication changed (`changes`).
"""

from . import changes, dictize, publications

__all__ = ["changes", "dictize", "publications"]
