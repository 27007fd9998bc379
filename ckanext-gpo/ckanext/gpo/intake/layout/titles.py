"""The rows above a header: titles and who filled the table in, or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ckanext.gpo.intake.characters import squeeze
from ckanext.gpo.intake.grid import Row

from .levels import label_text

_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?", re.ASCII)


def is_title(cells: Sequence[object], width: int) -> bool:
    """Whether a row above a header of so many columns is a title, and no data.

    Titles are text, and few: one that fills half of the columns with texts of its own
    may be another table.
    """
    texts = {squeeze(str(cell)) for cell in cells if cell is not None} - {""}
    return len(texts) <= max(2, width // 2) and (
        len(texts) < 2 or not any(_NUMBER.fullmatch(text) for text in texts)
    )


def texts(row: Row) -> list[str]:
    """The filled cells of a row, as text."""
    return [text for cell in row[1] if squeeze(text := label_text(cell))]
