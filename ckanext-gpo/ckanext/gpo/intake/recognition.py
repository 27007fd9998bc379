"""Which table a file is of, by the labels of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ckanext.gpo.common.tables import Table

from .declaration import Declaration
from .grid import Row, take_rows
from .kinds import Limits, open_file
from .layout import DEPTH, HEADER_SHARE, Vocabulary, best_header


@dataclass(frozen=True)
class TableMatch:
    """How well a file's header is that of a table.

    - `present`: names of the fields that it has labels of, in the table's order
    - `missing`: names of those that it has not
    - `others`: labels of its columns that are no field's
    """

    table: Table
    present: tuple[str, ...]
    missing: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the fields, how many have a label; 0 to 1."""
        return len(self.present) / (len(self.present) + len(self.missing))

    @property
    def rank(self) -> tuple[float, int]:
        """Most of the fields, then fewest columns of nobody."""
        return self.share, -len(self.others)


def recognize(
    path: Path, tables: Iterable[Table], folder: Path, limits: Limits
) -> list[TableMatch]:
    """The tables that a file may be of, the best first; a file of none has none.

    Reads as far as a header may stand, with all that `read` knows of titles, levels and
    synonyms, and what each table declares of its columns.

    :param folder: for what is packed
    :raises IntakeError: the file cannot be read
    """
    candidates = [_Candidate.of_table(table) for table in tables]

    def fits(rows: Sequence[Row]) -> float:
        return max((one.match(rows).share for one in candidates), default=0.0)

    grid = open_file(path, Declaration(), limits, folder, fits)
    rows, _ = take_rows(grid.stream, DEPTH)
    matches = [one.match(rows) for one in candidates]
    matches = [match for match in matches if match.share >= HEADER_SHARE]
    return sorted(matches, key=lambda match: match.rank, reverse=True)


@dataclass(frozen=True)
class _Candidate:
    table: Table
    vocabulary: Vocabulary

    @classmethod
    def of_table(cls, table: Table) -> _Candidate:
        declared = table.schema.get("gpo:intake", {})
        columns = Declaration.from_descriptor(declared).columns
        return cls(table, Vocabulary(table.fields, columns))

    def match(self, rows: Sequence[Row]) -> TableMatch:
        names = [field["name"] for field in self.table.fields]
        best = best_header([cells for _, cells in rows], self.vocabulary)
        if best is None:
            return TableMatch(self.table, (), tuple(names), ())
        header, assignments = best
        used = {one.column for one in assignments.fields.values()}
        return TableMatch(
            self.table,
            present=tuple(name for name in names if name in assignments.fields),
            missing=tuple(name for name in names if name not in assignments.fields),
            others=tuple(
                "/".join(labels)
                for column, labels in enumerate(header.labels)
                if column not in used and labels
            ),
        )
