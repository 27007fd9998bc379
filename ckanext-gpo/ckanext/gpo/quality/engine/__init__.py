"""Checks a candidate: it, its Table Schema and what it refers to → a report.

In: the clean table of a candidate, its table, and the keys that published tables have.

Out: a report of facts (rule, row, field, value, limit), not sentences: the words are made
when somebody reads them, in the reader's language (`report/`). Beside it the *spool*, the
parsed rows in canonical form, from which everything is built that becomes public.

`judge` decides, `Findings` counts, `storable` finds what a Table Schema allows and the
platform cannot keep, `blockers` what an override cannot set aside. `limits` bounds the time
and memory of a check, `folders` holds what it leaves on disk.
"""

from . import folders, limits, storable
from .checks import Reference
from .findings import EXAMPLES, OnFact
from .layout import records_at
from .loadable import blockers
from .rows import Source
from .verdict import check, rules, unchecked, unreadable, warm_up

__all__ = [
    "EXAMPLES",
    "OnFact",
    "Reference",
    "Source",
    "blockers",
    "check",
    "folders",
    "limits",
    "records_at",
    "rules",
    "storable",
    "unchecked",
    "unreadable",
    "warm_up",
]
