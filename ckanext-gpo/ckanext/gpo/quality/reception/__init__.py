"""Takes a candidate in: what it is known by, where its rows come from, what was read from it.

In: a file as it was sent, which `intake` has read for its table.

Out: its `content_hash`; `origin`, which tells a candidate's row from the row in the
department's own file; `corrections`, the cells that a person has corrected since; and
`reading`, what the reader did and found, in the form of a report. `scanning` has a scanner
look at the file before that.
"""

from . import corrections, origin, reading, scanning
from .hashing import content_hash

__all__ = [
    "content_hash",
    "corrections",
    "origin",
    "reading",
    "scanning",
]
