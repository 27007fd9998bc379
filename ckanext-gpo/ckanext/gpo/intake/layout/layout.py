"""The layout of a table: which cells of a row are whose, and what the header looks like."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .vocabulary import Field


@dataclass(frozen=True)
class Column:
    """Where the cells of a field stand.

    - `index`: in a row, from 0; None where the file has no such column
    - `levels`: the labels above the column, from the top; the title where it has none
    - `factor`: what a number is multiplied by to be in the schema's unit; None for one
    """

    field: Field
    index: int | None
    levels: tuple[str, ...]
    factor: Decimal | None = None

    @property
    def label(self) -> str:
        return "/".join(self.levels)

    @property
    def number(self) -> int | None:
        """The column as a spreadsheet counts it, from 1."""
        return None if self.index is None else self.index + 1


@dataclass(frozen=True)
class Extra:
    """A column that is no field's; `label` is empty where it has none."""

    index: int
    label: str


@dataclass(frozen=True)
class Layout:
    """How the rows of a table are to be read.

    - `columns`: one for each field, in the schema's order
    - `end`: index of the first row after the header
    - `width`: columns of the header
    - `labels`: squeezed texts of the header, each with its column
    - `titles`: the squeezed texts of each row above it
    - `texts`: what stands in the header and above it, as it stands and squeezed
    - `is_download`: the header is that of our own CSV, whose cells may carry marks
    """

    columns: tuple[Column, ...]
    extras: tuple[Extra, ...]
    end: int
    width: int
    labels: frozenset[tuple[int, str]]
    titles: frozenset[tuple[str, ...]]
    texts: frozenset[str]
    is_download: bool
