"""How a delimited text is written: what ends its lines, what stands between its cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ckanext.gpo.intake.grid import Row
from ckanext.gpo.intake.steps import IntakeError, Place

DELIMITERS: Final = ",\t;|，\x01^~"
"""The likelier ones first; U+FF0C is what a Chinese keyboard types."""

FIRST_ROWS: Final = 30
_QUOTED: Final = re.compile(r'"[^"]*"')
_DELIMITER_LINE: Final = re.compile(r'"?sep=(.)"?\r?\n')

_FORMS: Final = (
    (re.compile(r"[^\W\d_a-zA-Z]+"), "字"),
    (re.compile(r"[a-zA-Z]+"), "a"),
    (re.compile(r"\d+"), "0"),
)


@dataclass(frozen=True)
class Dialect:
    """`newline` ends a line. `width` is the number of cells that most rows have."""

    delimiter: str
    newline: str
    width: int
    has_delimiter_line: bool = False
    has_double_returns: bool = False


def find_dialect(sample: str, fits: Callable[[Sequence[Row]], float]) -> Dialect:
    """The dialect of a text by its beginning.

    The delimiter is the one by which the first rows hold most of the table's columns;
    where several do so equally, the one by which most rows are of the same width.
    """
    unquoted = _QUOTED.sub("", sample)
    newline = "\n" if "\n" in unquoted or "\r" not in unquoted else "\r"
    double = "\r\r\n" in unquoted
    declared = _DELIMITER_LINE.match(sample)
    if declared:
        sample = sample[declared.end() :]
    lines = sample.split(newline)[:-1] or [sample]
    candidates = [declared[1]] if declared else [c for c in DELIMITERS if c in unquoted]
    best, best_score = Dialect(",", newline, 1, bool(declared), double), (-1.0, -1.0)
    for delimiter in candidates or [","]:
        rows = _parse(lines, delimiter)
        width, regularity = _regularity(rows)
        score = (fits(rows), regularity)
        if score > best_score:
            best_score = score
            best = Dialect(delimiter, newline, width, bool(declared), double)
    return best


def _parse(lines: Iterable[str], delimiter: str) -> list[Row]:
    reader = csv.reader(
        (line.strip("\r") + "\n" for line in lines), delimiter=delimiter
    )
    try:
        return list(enumerate(islice(reader, FIRST_ROWS), 1))
    except csv.Error:
        return []


def _regularity(rows: Sequence[Row]) -> tuple[int, float]:
    """The commonest width, and the share of rows that have it; none if it is one cell."""
    widths = Counter(len(cells) for _, cells in rows if cells)
    if not widths:
        return 1, 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return width, (count / widths.total() if width > 1 else 0.0)


def check_record(cells: Sequence[str], line: int, dialect: Dialect) -> None:
    """See that no quotation mark swallowed whole rows.

    A line within a cell is a row itself if it has as many cells as the others, and its first
    is written like the first of this record: a code, a year, a name.

    :raises IntakeError: `quote-unclosed`, at the line where the mark opens
    """
    if dialect.width < 3:
        return
    form = _form(cells[0].split("\n")[0])
    for cell in cells:
        for inner in cell.split("\n")[1:]:
            first, *others = inner.split(dialect.delimiter)
            if len(others) >= dialect.width - 1 and _form(first) == form:
                raise IntakeError("quote-unclosed", Place(row=line), line=line)
        line += cell.count("\n")


def _form(text: str) -> str:
    """How a cell is written: runs of digits, of Latin letters and of others as one each.

    >>> _form("TN001"), _form("2025"), _form("天宁区-1")
    ('a0', '0', '字-0')
    """
    for runs, sign in _FORMS:
        text = runs.sub(sign, text)
    return text


def check_delimiter(cells: Sequence[str], line: int, dialect: Dialect) -> None:
    """See that a row has not another delimiter than the others.

    :raises IntakeError: `delimiter-mixed`
    """
    if len(cells) != 1 or dialect.width < 3:
        return
    for other in DELIMITERS:
        if cells[0].count(other) >= dialect.width - 1:
            raise IntakeError(
                "delimiter-mixed",
                Place(row=line),
                line=line,
                delimiter=dialect.delimiter,
                other=other,
            )
