"""Takes a candidate in: from the bytes that were sent to a clean CSV of its table.

In: a file as it was sent (CSV or XLSX, packed or not, in the encodings that offices use)
and the table that it is a candidate for.

Out: a `Candidate`, which is UTF-8 CSV under the table's field names, row for row what came
in; or a `CandidateError` that says why nobody can read it. `origin` tells a candidate's row
from the row in the department's own file.
"""

from . import origin
from .candidate import Candidate, content_hash, normalise

__all__ = [
    "Candidate",
    "content_hash",
    "normalise",
    "origin",
]
