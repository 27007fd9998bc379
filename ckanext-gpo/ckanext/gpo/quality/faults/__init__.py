"""Keeps every fault of a candidate: not examples but all, a page of them at a time.

In: facts, one by one, as the reader and the check come upon them (`FaultLog`).

Out: the numbers and patterns of a report, and *cards* (`gather`): one for each faulty row
with its cells and all its faults, those of the file itself first. They lie in pieces of a
thousand, so that whoever looks at one page of them reads one piece (`Cards`).
"""

from .cards import ANY, Card, Cards, Choice, example_cards
from .gathering import FOLDER, INDEX, gather, piece_name
from .index import SIZES, Index
from .log import LONGEST_VALUE, FaultLog, Place, clipped
from .repairs import SLIPS, Field, Slip, fixed_length, slip

__all__ = [
    "ANY",
    "FOLDER",
    "INDEX",
    "LONGEST_VALUE",
    "SIZES",
    "SLIPS",
    "Card",
    "Cards",
    "Choice",
    "FaultLog",
    "Field",
    "Index",
    "Place",
    "Slip",
    "clipped",
    "example_cards",
    "fixed_length",
    "gather",
    "piece_name",
    "slip",
]
