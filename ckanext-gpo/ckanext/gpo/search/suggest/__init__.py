"""Help while somebody types, and other queries for one that finds nothing.

In: what is typed so far, or a query in plain words; what the public may see. Out: names
with the characters that match; corrected and shortened queries that find something.
"""

from __future__ import annotations

from .spelling import Spelling
from .suggester import MAX_LENGTH, Entry, Public, Suggester, Suggestion

__all__ = ["Entry", "MAX_LENGTH", "Public", "Spelling", "Suggester", "Suggestion"]
