"""Words a verdict: from the facts that a check has kept to what a person needs to mend them.

In: the report of a version as the engine made it, its table, and the reader's translator.

Out: the same report with a sentence, the expected value and a remedy for every error, and
with the row in the department's own file where that is known; a page of its cards, or all
errors in a workbook. To the department, the notice
that a version was rejected: its facts, and their words.
"""

from .dictize import (
    Reader,
    open_faults,
    readable,
    readable_cards,
    readable_errors,
    readable_report,
)
from .explaining import explain
from .keeping import save_cards
from .rejection import REJECTED, rejection_facts
from .wording import steps
from .workbook import write as write_workbook

__all__ = [
    "REJECTED",
    "Reader",
    "explain",
    "open_faults",
    "readable",
    "readable_cards",
    "readable_errors",
    "readable_report",
    "rejection_facts",
    "save_cards",
    "steps",
    "write_workbook",
]
