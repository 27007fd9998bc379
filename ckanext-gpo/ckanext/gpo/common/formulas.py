"""Cells that a spreadsheet would run: marked in the CSV that we give out, unmarked when it
comes back in.

The mark is one apostrophe before the cell, which spreadsheets take for "this is text".
A cell that begins with apostrophes of its own and goes on as a formula gets one more, so
that taking one away always gives the cell back. Pure.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_MARKED = re.compile(r"'+[=+\-@\t\r]")


def inert(cell: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula.

    >>> inert("=HYPERLINK(1)"), inert("'=1"), inert("-12.5"), inert("常州")
    ("'=HYPERLINK(1)", "''=1", '-12.5', '常州')
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def inert_sql(column: str) -> str:
    """`inert` as an expression of DuckDB; `column` is a name, quoted if it has to be."""
    return (
        f"CASE WHEN regexp_matches({column}, '^''*[=+\\-@\\t\\r]')"
        rf" AND NOT regexp_full_match({column}, '[+-]?[0-9]+(\.[0-9]+)?')"
        f" THEN '''' || {column} ELSE {column} END"
    )


def original(cell: str) -> str:
    """What a cell was before `inert`.

    >>> original("'=HYPERLINK(1)"), original("''=1"), original("'常州'")
    ('=HYPERLINK(1)', "'=1", "'常州'")
    """
    return cell[1:] if _MARKED.match(cell) else cell
