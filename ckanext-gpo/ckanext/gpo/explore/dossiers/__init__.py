"""The dossier of a project or an enterprise, as far as it can be thought of without a site. Pure.

In: the rows of all tables that bear one code, the publications of those tables, and a day.

Out: entries with their number, date and state; who takes part in which role; the terms
that the law or a contract sets, with their arithmetic; a line of time.

Which tables, roles and terms there are is data: dataset_schemas/chains.yaml and
dossiers.yaml. What no rule there sets a term for is never called late.
"""

from .arithmetic import as_dict, outcomes
from .entries import entry, parties, party_name, projects
from .reference import RowFormat, columns, row_format
from .terms import Publication, day
from .timeline import Point, points

__all__ = [
    "Point",
    "Publication",
    "RowFormat",
    "as_dict",
    "columns",
    "day",
    "entry",
    "outcomes",
    "parties",
    "party_name",
    "points",
    "projects",
    "row_format",
]
