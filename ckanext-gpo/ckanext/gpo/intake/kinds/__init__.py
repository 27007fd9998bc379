"""From the bytes of a file to a grid of cells: which kind it is, and what it shows.

In: a file as it came, the table's `Declaration`, the `Limits`, a folder for what is unpacked,
and `fits`, which scores how well the first rows of a sheet hold the table's columns (0 to 1).

Out: a `Grid`, whose steps and findings are complete once its rows are read; or an
`IntakeError` that says what the file is.

What it is, is told by its content (`sniff`), packed or not (`packing`). Texts are decoded by
`encodings` and read by `delimited`; `workbook` reads what spreadsheet programs write,
`html_table`, `json_records`, `xml_records`, `databases` and `dbase` what their names say.
`codes` lists every step and finding, `words` says them to people.
"""

from __future__ import annotations

from .codes import CODES, ERRORS
from .limits import Limits
from .opening import KINDS, open_file
from .words import words

__all__ = ["CODES", "ERRORS", "KINDS", "Limits", "open_file", "words"]
