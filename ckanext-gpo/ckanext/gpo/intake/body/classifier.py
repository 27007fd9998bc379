"""Whether a row is data, and what it is if not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto

from ckanext.gpo.intake.characters import squeeze
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, DisplayedCell, Merge
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Column, Layout

from . import lines
from .extras import is_blank


class RowClass(Enum):
    """Data goes on, all else is left out."""

    DATA = auto()
    LEFT_OUT = auto()


class RowClassifier:
    """Looks at the rows after a header one by one, in their order.

    :param key: names of the fields that tell rows apart: the primary key
    """

    def __init__(
        self,
        layout: Layout,
        key: Sequence[str],
        merges: Iterable[Merge],
        declaration: Declaration,
        journal: Journal,
    ) -> None:
        self._layout = layout
        self._journal = journal
        self._identity = _identity(layout.columns, key)
        self._values = _own_values(layout.columns, declaration)
        self._wide_rows = {
            merge.first_row
            for merge in merges
            if 2 * (merge.last_column - merge.first_column + 1) > layout.width
        }
        self._label_texts = {text for _, text in layout.labels}
        self._at_start = True
        self._in_notes = False
        self._after_gap = False
        self._in_second_table = False

    @property
    def is_within_data(self) -> bool:
        """Whether the row before was data, so that a glance tells what comes after."""
        return not (self._at_start or self._after_gap or self._in_notes)

    def classify(self, row: int, cells: Sequence[Cell]) -> RowClass:
        """What a row is; if it is no data, the journal says so."""
        code = self._code(row, cells)
        self._at_start = False
        if not code:
            self._in_notes = False
            # One cell may be the caption of another table.
            self._after_gap &= len(cells) - cells.count(None) - cells.count("") < 2
            return RowClass.DATA
        self._in_notes = code == "rows-note" or (
            self._in_notes and code == "rows-blank"
        )
        self._after_gap = code not in ("header-repeated", "column-numbers")
        self._in_second_table |= code == "second-table"
        filled = [_text(cell) for cell in cells if not is_blank(cell)]
        totals = filter(lines.is_total, filled)
        value = next(totals, "") or next(iter(filled), "")
        is_step = self._journal.record(code, row, value=value)
        # A row that may be one of the table's own stays where it is.
        is_kept = code == "total-with-key" and not is_step
        return RowClass.DATA if is_kept else RowClass.LEFT_OUT

    def _code(self, row: int, cells: Sequence[Cell]) -> str:
        """Why a row is no data; empty if it is. Most rows are told by a glance."""
        blank = cells.count(None) + cells.count("")
        first = next((cell for cell in cells if cell not in (None, "")), None)
        if first is None:
            return "rows-blank"
        glance = "\n".join([cell for cell in cells if type(cell) is str])
        if (
            len(cells) - blank > 1
            and not self._at_start
            and not self._after_gap
            and first not in self._layout.texts
            and not lines.TOTAL_LINE.search(glance)
            and not (type(first) is str and lines.CONSPICUOUS_START.match(first))
        ):
            return ""
        return self._inspect(row, cells)

    def _inspect(self, row: int, cells: Sequence[Cell]) -> str:
        filled = {
            index: _text(cell) for index, cell in enumerate(cells) if not is_blank(cell)
        }
        if not filled:
            return "rows-blank"
        if self._in_second_table:
            return "second-table"
        squeezed = {index: squeeze(text) for index, text in filled.items()}
        return (
            self._repeated(squeezed)
            or self._total(filled)
            or self._note(row, filled)
            or self._second_table(squeezed, cells)
        )

    def _repeated(self, squeezed: Mapping[int, str]) -> str:
        if squeezed.items() <= self._layout.labels and (
            len(squeezed) > 1 or self._layout.width == 1
        ):
            return "header-repeated"
        if tuple(squeezed.values()) in self._layout.titles:
            return "header-repeated"
        if self._at_start and lines.are_column_numbers(list(squeezed.values())):
            return "column-numbers"
        return ""

    def _total(self, filled: Mapping[int, str]) -> str:
        totals = {
            index: text
            for index, text in filled.items()
            if lines.is_total(text) and text not in self._values.get(index, ())
        }
        if not totals:
            return ""
        names_itself = any(
            index in self._identity and lines.is_bare_total(text)
            for index, text in totals.items()
        )
        is_sure = names_itself or not self._identity <= filled.keys()
        return "rows-total" if is_sure else "total-with-key"

    def _note(self, row: int, filled: Mapping[int, str]) -> str:
        """Lines of text: fewer cells than a row of data has."""
        first = next(iter(filled.values()))
        is_alone = len(filled) == 1
        if lines.is_note(first) and (
            2 * len(filled) <= self._layout.width
            or all(":" in squeeze(text) for text in filled.values())
        ):
            return "rows-note"
        if not is_alone or self._layout.width == 1:
            return ""
        return "rows-note" if self._in_notes else self._line(row, first, filled)

    def _line(self, row: int, text: str, filled: Mapping[int, str]) -> str:
        """One text alone in its row."""
        if lines.is_caption(text):
            return "text-row"
        if self._identity <= filled.keys():
            return ""
        if lines.is_section(text) or row in self._wide_rows:
            return "rows-section"
        return "text-row" if self._layout.width > 2 and not _is_number(text) else ""

    def _second_table(self, squeezed: Mapping[int, str], cells: Sequence[Cell]) -> str:
        """A header of another kind below a gap."""
        is_header = (
            self._after_gap
            and len(squeezed) > 1
            and not self._label_texts.isdisjoint(squeezed.values())
            and all(isinstance(cells[index], str) for index in squeezed)
            and not any(map(_is_number, squeezed.values()))
        )
        return "second-table" if is_header else ""


def _identity(columns: Sequence[Column], key: Sequence[str]) -> frozenset[int]:
    """The columns that every row of the table fills, and that say which row it is."""
    required = [
        column
        for column in columns
        if column.field.get("constraints", {}).get("required")
        and column.field.get("type") not in ("number", "integer")
    ]
    named = [column for column in columns if column.field["name"] in key]
    texts = [column for column in columns if column.field.get("type") == "string"]
    identity = named or required or texts or columns
    return frozenset(column.index for column in identity if column.index is not None)


def _own_values(
    columns: Sequence[Column], declaration: Declaration
) -> dict[int, frozenset[str]]:
    """Column → texts that are values of its field, even if they read like a total."""
    return {
        column.index: frozenset(
            map(str, column.field.get("constraints", {}).get("enum", ()))
        )
        | declaration.codes.get(column.field["name"], {}).keys()
        for column in columns
        if column.index is not None
    }


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, DisplayedCell) else str(cell)


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").lstrip("+-").isdigit()
