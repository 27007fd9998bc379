"""A header of one to three rows: the label of each column, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ckanext.gpo.intake.characters import squeeze
from ckanext.gpo.intake.grid import Cell, DisplayedCell

LEVELS = 3
"""So many rows of a header at most."""


def label_text(cell: Cell) -> str:
    """A cell of a header as text."""
    if cell is None:
        return ""
    return cell.text if isinstance(cell, DisplayedCell) else str(cell)


@dataclass(frozen=True)
class Header:
    """Rows of a table that name its columns.

    `start` is the index of the first of them, `labels` the levels of each column, from
    the top, without blanks.
    """

    start: int
    depth: int
    labels: tuple[tuple[str, ...], ...]

    @property
    def end(self) -> int:
        return self.start + self.depth

    def forms(self, column: int) -> list[str]:
        """What the label of a column may be: levels joined, run together, the lowest.

        `公务接待费` above `预算数` may be `公务接待费/预算数` or `公务接待费预算数`.
        """
        labels = self.labels[column]
        if len(labels) < 2:
            return list(labels) or [""]
        forms = ["/".join(labels), "".join(labels), "".join(labels[-2:]), labels[-1]]
        return list(dict.fromkeys(forms))


def header(rows: Sequence[Sequence[Cell]], start: int, depth: int) -> Header:
    """The header that begins at an index, with so many levels.

    A label spreads to the right over the columns without one of their own, as long as
    they have a lower label, and if its own column has one: that is what a merged cell
    looks like, in a workbook and in a CSV made from it.
    """
    width = max(len(row) for row in rows[start : start + depth])
    levels = [
        [label_text(cell) for cell in row] + [""] * (width - len(row))
        for row in rows[start : start + depth]
    ]
    for level in range(depth - 1):
        _spread(levels, level)
    columns = zip(*levels, strict=True)
    return Header(start, depth, tuple(map(_path, columns)))


def _spread(levels: list[list[str]], level: int) -> None:
    labels, lower = levels[level], levels[level + 1 :]
    group = -1
    for column, label in enumerate(labels):
        has_lower = any(squeeze(row[column]) for row in lower)
        if squeeze(label):
            group = column if has_lower else -1
        elif (
            not has_lower or group < 0 or not _same_parent(levels, level, group, column)
        ):
            group = -1
        else:
            labels[column] = labels[group]


def _same_parent(levels: list[list[str]], level: int, one: int, other: int) -> bool:
    return all(row[one] == row[other] for row in levels[:level])


def _path(labels: tuple[str, ...]) -> tuple[str, ...]:
    """A column's labels from the top; one that a cell repeats below itself stands once."""
    path: list[str] = []
    for label in labels:
        if squeeze(label) and (not path or squeeze(path[-1]) != squeeze(label)):
            path.append(label)
    return tuple(path)
