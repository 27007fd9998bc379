"""From a file to what the gate says of it: read, then checked, in one report.

In: a file, the table that it is meant for, and what is published of what the table refers to.

Out: the report (`examine`, or `check` for what is read already), beside it the spool of
parsed rows (`SPOOL`) and the cards of faults. `progress` tells whoever looks on how far it is.

Keeps nothing and publishes nothing: the gate, and whoever tries a file, get the same answer.
"""

from . import progress
from .examining import SPOOL, check, examine
from .progress import PUBLISHING, STAGES, OnProgress, Progress, ProgressNote

__all__ = [
    "PUBLISHING",
    "SPOOL",
    "STAGES",
    "OnProgress",
    "Progress",
    "ProgressNote",
    "check",
    "examine",
    "progress",
]
