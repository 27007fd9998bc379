"""Workbooks that DuckDB's rows are written into, as fast as they come.

Every text is written as text, whatever it looks like: nothing in a workbook runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
from rustpy_xlsxwriter import Format, write_worksheets

from .spreadsheets import LONGEST_CELL

_SHAPES: Final = {
    "DATE": "yyyy-mm-dd",
    "TIMESTAMP": "yyyy-mm-dd hh:mm:ss",
    "VARCHAR": "@",
}
_NARROW, _WIDE = 10, 40


def text_cell(text: str) -> str:
    """A text as a cell holds it; `text` and the answer are expressions of DuckDB."""
    pairs = f"length(regexp_replace({text}, '[^\\x{{10000}}-\\x{{10FFFF}}]', '', 'g'))"
    return (
        # bytes first: they are known without reading the text
        f"CASE WHEN strlen({text}) > {LONGEST_CELL // 2}"
        f" AND length({text}) + {pairs} > {LONGEST_CELL}"
        f" THEN left({text}, {LONGEST_CELL // 2}) || '…' ELSE {text} END"
    )


def write(
    path: Path,
    sheets: Sequence[tuple[str, duckdb.DuckDBPyRelation]],
    kinds: Mapping[str, str],
) -> None:
    """Write sheets of the same columns, each with a header that stays.

    :param sheets: name and rows of each
    :param kinds: label of a column → DuckDB type of its cells
    """
    names = [name for name, _ in sheets]
    formats = {
        label: Format().set_num_format(_SHAPES[kind])
        for label, kind in kinds.items()
        if kind in _SHAPES
    }
    texts = [label for label, kind in kinds.items() if kind == "VARCHAR"]
    write_worksheets(
        list(sheets),
        str(path),
        freeze_panes={"general": {"row": 1, "col": 0}},
        header_format=dict.fromkeys(
            names, Format().set_bold().set_border_bottom("thin")
        ),
        column_formats=dict.fromkeys(names, formats),
        column_widths=dict.fromkeys(names, _widths(kinds)),
        # codes of digits are text on purpose: no green corners for them
        ignore_errors=dict.fromkeys(names, texts),
    )


def _widths(kinds: Mapping[str, str]) -> dict[str, float]:
    # a Chinese character is as wide as two digits
    return {
        label: float(
            max(
                min(2 + 2 * len(label), _WIDE),
                {"DATE": 12, "TIMESTAMP": 20}.get(kind, _NARROW),
            )
        )
        for label, kind in kinds.items()
    }
