"""Keeps every fault of a candidate: not examples but all, a page of them at a time.

In: facts, one by one, as the reader and the check come upon them (`FaultLog`).

Out: the numbers and patterns of a report (`gather`), and beside the candidate *cards*: one
for each faulty row with its cells and all its faults, those of the file itself first. They
lie in pieces of a thousand, so that whoever looks at one page reads one piece (`open_cards`).
"""

from .cards import Card, Cards, Choice
from .gathering import gather
from .keeping import open_cards, save
from .log import FaultLog, Place

__all__ = [
    "Card",
    "Cards",
    "Choice",
    "FaultLog",
    "Place",
    "gather",
    "open_cards",
    "save",
]
