"""Tells data from what offices put between and below it, and fills what they left out.

In: the rows after a header, its `Layout`, the merged cells of the sheet, and the cells that
a person has corrected since.

Out: the data rows by the thousand, each with its number and as many cells as the header
has columns; merged texts and ditto marks are written out. A row that is left out is a
step, one that nobody can be sure of a finding.
"""

from .classifier import RowClassifier
from .corrections import Correction, Corrector
from .rows import data_blocks

__all__ = ["Correction", "Corrector", "RowClassifier", "data_blocks"]
