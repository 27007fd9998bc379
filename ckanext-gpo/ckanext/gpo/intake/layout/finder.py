"""From the first rows of a grid to its layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ckanext.gpo.common import formulas
from ckanext.gpo.intake.characters import squeeze
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Row
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.steps import IntakeError, Place

from . import titles, unit_check
from .columns import extra_columns, name_columns
from .layout import Column, Layout
from .levels import LEVELS, Header, header, label_text
from .matching import Assignment, Assignments, assign
from .vocabulary import Field, Match, Vocabulary, is_own, is_own_csv

HEADER_SHARE = 0.5
"""Share of a table's fields that a header names at least."""

DEPTH = 30
"""A header begins within so many rows."""


@dataclass(frozen=True)
class _Candidate:
    header: Header
    assignments: Assignments

    @property
    def rank(self) -> tuple[int, int, int]:
        """More fields, then fewer levels, then higher up."""
        return (
            len(self.assignments.fields),
            -self.header.depth,
            -self.header.start,
        )


def best_header(
    rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary
) -> tuple[Header, Assignments] | None:
    """The header under which most fields are known; None if all rows are blank."""
    candidates = [
        _Candidate(labels, assign(labels, vocabulary))
        for start in range(len(rows))
        for depth in range(1, LEVELS + 1)
        if start + depth <= len(rows)
        and all(map(_is_filled, rows[start : start + depth]))
        and (labels := header(rows, start, depth))
    ]
    best = max(candidates, key=lambda one: one.rank, default=None)
    return (best.header, best.assignments) if best else None


def fitness(
    rows: Sequence[Row], fields: Sequence[Field], declaration: Declaration
) -> float:
    """How many of a table's fields the first rows of a sheet name, 0 to 1."""
    cells = [row for _, row in rows[:DEPTH]]
    best = best_header(cells, Vocabulary(fields, declaration.columns))
    return len(best[1].fields) / len(fields) if best else 0.0


def find_layout(
    rows: Sequence[Row],
    fields: Sequence[dict[str, Any]],
    declaration: Declaration,
    journal: Journal,
    *,
    typed: bool,
) -> Layout:
    """The layout of a table that begins with these rows.

    :param typed: see `Grid.typed`
    :raises IntakeError: `file-empty`, `header-missing`
    """
    cells = [row for _, row in rows[:DEPTH]]
    own = _own_header(cells, fields)
    best = own or best_header(cells, Vocabulary(fields, declaration.columns))
    if best is None:
        raise IntakeError("file-empty", Place(journal.sheet), sheets=journal.sheet)
    labels, assignments = best
    _require_header(
        rows, labels, assignments, fields, declaration, Place(journal.sheet)
    )
    title_lines = _note_rows_above(rows[: labels.start], len(labels.labels), journal)
    if labels.depth > 1:
        journal.record("header-levels", rows[labels.start][0], levels=labels.depth)
    row = rows[labels.start][0]
    columns = name_columns(fields, labels, assignments, row, journal)
    columns = unit_check.check_units(
        columns,
        [text for line in title_lines for text in line],
        declaration,
        row,
        journal,
    )
    header_cells = _header_cells(cells[labels.start : labels.end], columns)
    as_they_stand = {
        label_text(cell) for line in cells[: labels.end] for cell in line
    } - {""}
    is_download = bool(own) and not typed and is_own_csv(_texts(cells[0]), fields)
    return Layout(
        columns=columns,
        extras=extra_columns(labels, assignments),
        end=labels.end,
        width=len(labels.labels),
        labels=header_cells,
        titles=frozenset(tuple(map(squeeze, line)) for line in title_lines),
        texts=frozenset(as_they_stand | {text for _, text in header_cells}),
        is_download=is_download,
    )


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(squeeze(label_text(cell)) for cell in cells)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [formulas.original(label_text(cell)) for cell in cells]


def _own_header(
    rows: Sequence[Sequence[Cell]], fields: Sequence[dict[str, Any]]
) -> tuple[Header, Assignments] | None:
    """The header of a file that we gave out, known by all of its labels in their order."""
    if not rows or not is_own(_texts(rows[0]), fields):
        return None
    labels = header(rows, 0, 1)
    assignments = {
        field["name"]: Assignment(
            index, label, Match(frozenset([field["name"]]), 0, synonym=False), (0, 0)
        )
        for index, (field, label) in enumerate(
            zip(fields, _texts(rows[0]), strict=True)
        )
    }
    return labels, Assignments(assignments, {}, {})


def _require_header(
    rows: Sequence[Row],
    labels: Header,
    assignments: Assignments,
    fields: Sequence[Field],
    declaration: Declaration,
    sheet: Place,
) -> None:
    """Half of the fields make a header, or all that are declared."""
    declared = set(declaration.columns)
    if declared and declared <= assignments.fields.keys():
        return
    if assignments.fields and len(assignments.fields) >= HEADER_SHARE * len(fields):
        return
    raise IntakeError(
        "header-missing",
        replace(sheet, row=rows[labels.start][0]),
        columns=_list([field.get("title", field["name"]) for field in fields]),
        labels=_list([label_text(cell) for cell in rows[labels.start][1]]),
    )


def _list(labels: Sequence[str]) -> str:
    return "、".join(text for label in labels if (text := squeeze(label)))


def _note_rows_above(
    rows: Sequence[Row], width: int, journal: Journal
) -> list[list[str]]:
    """The texts of the rows above the header, each of which is a step or a finding."""
    lines: list[list[str]] = []
    for row in rows:
        line = titles.texts(row)
        if not line:
            journal.record("rows-blank", row[0])
        elif titles.is_title(row[1], width):
            journal.record("rows-above", row[0])
        else:
            journal.record("rows-above-unknown", row[0], value="，".join(line))
        if line:
            lines.append(line)
    return lines


def _header_cells(
    rows: Sequence[Sequence[Cell]], columns: Sequence[Column]
) -> frozenset[tuple[int, str]]:
    """What stands in a header that comes again, in this language or the other."""
    cells = {
        (index, squeeze(label_text(cell)))
        for line in rows
        for index, cell in enumerate(line)
    }
    names = {
        (column.index, squeeze(column.field[key]))
        for column in columns
        for key in ("name", "title", "title_en")
        if column.index is not None and key in column.field
    }
    return frozenset((index, text) for index, text in cells | names if text)
