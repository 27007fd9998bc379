"""What a spreadsheet holds, whichever program opens it."""

from __future__ import annotations

import re
from typing import Final

ROWS_OF_A_SHEET: Final = 1_048_575
"""Beside the header."""

LONGEST_CELL: Final = 32_767
"""Characters, in UTF-16, that a cell holds."""

FIRST_DAY: Final = "1900-03-01"
"""Spreadsheets count days from 1900 and believe in 1900-02-29; from here on they agree."""

DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps."""

_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def sheet_name(title: str, number: int = 1) -> str:
    """A name for a sheet, or for the so manieth of several that share a title.

    >>> sheet_name("批准/备案"), sheet_name("市场主体", 2)
    ('批准 备案', '市场主体(2)')
    """
    suffix = f"({number})" if number > 1 else ""
    return _FORBIDDEN.sub(" ", title)[: _LONGEST_NAME - len(suffix)] + suffix
