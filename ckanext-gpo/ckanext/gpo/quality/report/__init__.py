"""Words a verdict: from the facts that a check has kept to what a person needs to mend them.

In: the report of a version as the engine made it, its table, and the reader's translator.

Out: the same report with a sentence, the expected value and a remedy for every error, and
with the row in the department's own file where that is known. To the department, the notice
that a version was rejected: its facts, and their words.
"""

from .dictize import readable_report
from .patterns import Patterns
from .rejection import REJECTED, rejection_facts
from .wording import explain, steps

__all__ = [
    "REJECTED",
    "Patterns",
    "explain",
    "readable_report",
    "rejection_facts",
    "steps",
]
