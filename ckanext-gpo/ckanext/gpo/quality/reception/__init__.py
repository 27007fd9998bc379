"""Takes a candidate in: what it is known by, where its rows come from, what was read from it.

In: a file as it was sent, which `intake` has read for its table.

Out: its `content_hash`; `origin`, which tells a candidate's row from the row in the
department's own file; `corrections`, the cells that a person has corrected since; and
`reading`, what the reader did and found, in the form of a report. `write_template` makes the
workbook that a department fills in.
"""

from . import corrections, origin, reading
from .hashing import content_hash
from .template import write as write_template

__all__ = [
    "content_hash",
    "corrections",
    "origin",
    "reading",
    "write_template",
]
