"""What counts how much, and in which order results come.

In: a query of the engine, the keys to sort by, the functions that have a part in the
score. Out: one page of hits. Every number that decides stands in `ranking`.
"""

from __future__ import annotations

from . import ranking
from .boosting import Boosting, Boosts, read_boosts
from .ordering import Hit, Ordering
from .ranking import Closeness, CorrectionCloseness, Tier, is_needed
from .sort_keys import SortKeys, parse_sort
from .tiers import TIERS, read_tiers

__all__ = [
    "Boosting",
    "Boosts",
    "Closeness",
    "CorrectionCloseness",
    "Hit",
    "Ordering",
    "SortKeys",
    "TIERS",
    "Tier",
    "is_needed",
    "parse_sort",
    "ranking",
    "read_boosts",
    "read_tiers",
]
