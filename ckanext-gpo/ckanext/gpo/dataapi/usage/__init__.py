"""How much datasets are used: page views, downloads by format, calls of the API.

In: one use after the other, as it happens, counted in Redis beside nothing that tells who
it was but the API token, if there was one. Every minute `flush` writes what has been
counted into the database, so that a crash of Redis loses a minute at most.
Out: the figures of a dataset, of all days, months and formats; the sums of a department;
the figures of a token, for its owner; and the number of downloads in the search index.
"""

from __future__ import annotations

from .calls import count_action
from .counting import count_call, count_download, count_view
from .flushing import flush
from .key import note_key
from .reading import (
    department_totals,
    figures,
    key_figures,
    public_totals,
    totals,
)
from .summary import Figures, KeyFigures
from .sums import Totals

__all__ = [
    "INDEXED_AS",
    "Figures",
    "KeyFigures",
    "Totals",
    "count_action",
    "count_call",
    "count_download",
    "count_view",
    "department_totals",
    "figures",
    "flush",
    "key_figures",
    "note_key",
    "public_totals",
    "totals",
]

INDEXED_AS = "resources_accessed_total"
"""CKAN's schema has this number for downloads; results can be sorted by it."""
