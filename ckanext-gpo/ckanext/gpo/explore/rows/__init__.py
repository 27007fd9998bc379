"""The rows of a table as an address says them, and what the page needs to change it.

In: the query string of an address and the fields of a table.

Out: a `State` (which rows, which columns, in which order) that knows the parameters of the
actions and its own address; what of the address is `ignored`, and why; the controls of a
form that filters by type; and which columns are added up. Pure.
"""

from .controls import Control, controls, uncontrolled
from .fields import Field, labelled_fields
from .profiles import Drawn, drawn_profiles
from .state import OPERATORS, Filter, Ignored, State, parse_state
from .sums import Summed, profile_sums, read_sums, summed_fields
from .wording import filter_words, ignored_words

__all__ = [
    "OPERATORS",
    "Control",
    "Drawn",
    "Field",
    "Filter",
    "Ignored",
    "State",
    "Summed",
    "controls",
    "drawn_profiles",
    "filter_words",
    "ignored_words",
    "labelled_fields",
    "parse_state",
    "profile_sums",
    "read_sums",
    "summed_fields",
    "uncontrolled",
]
