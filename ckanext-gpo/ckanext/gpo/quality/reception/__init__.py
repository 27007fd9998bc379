"""Takes a candidate in: what it is known by, where its rows come from, what was read from it.

In: a file as it was sent, which `intake` has read for its table.

Out: its `content_hash`; `origin`, which tells a candidate's row from the row in the
department's own file; and `reading`, what the reader did and found, in the form of a report.
"""

from . import origin, reading
from .hashing import content_hash

__all__ = [
    "content_hash",
    "origin",
    "reading",
]
