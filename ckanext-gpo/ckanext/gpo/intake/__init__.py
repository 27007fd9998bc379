"""One reader for every file that comes in: from bytes to a clean table and named steps.

In: a file as an office has it, the table that it is meant for, and its `Declaration`: what the
Data Package or the source says of such files.

Out: a `CleanTable`: UTF-8 CSV under the table's field names, with every step that led from
the one to the other, and every finding that must hold it; or an `IntakeError` that says what
the file is and what to do. Nothing is changed without a step, and nothing is guessed.

The data goes down once: `kinds` makes a grid of cells out of the bytes, `layout` finds header
and columns, `body` leaves out what is no row, `values` writes each cell in the form of its type.
"""

from .body import Correction
from .clean import FIRST_ROW, CleanTable
from .codes import is_layout
from .declaration import Declaration, DeclarationError
from .kinds import Limits
from .reader import OnRows, read
from .recognition import TableMatch, recognize
from .steps import Finding, IntakeError, Place, Step
from .words import Words, title, words

__all__ = [
    "FIRST_ROW",
    "CleanTable",
    "Correction",
    "Declaration",
    "DeclarationError",
    "Finding",
    "IntakeError",
    "Limits",
    "OnRows",
    "Place",
    "Step",
    "TableMatch",
    "Words",
    "is_layout",
    "read",
    "recognize",
    "title",
    "words",
]
