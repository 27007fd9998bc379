"""Records that a reader is looking for, as the live tables have them.

In: what somebody has typed, and who it is. Out: records that this reader may see, read from
the DataStore at this moment, with what matched marked and what they are about. The shelf
of indexes (`records`) only says where to look; here it is filled and emptied too.
"""

from __future__ import annotations

from . import answers
from .finding import Hit, Hits, find, find_beginning, has_public_record
from .reconciling import differences, reconcile
from .watching import RecordWatch

__all__ = [
    "Hit",
    "Hits",
    "RecordWatch",
    "answers",
    "differences",
    "find",
    "find_beginning",
    "has_public_record",
    "reconcile",
]
