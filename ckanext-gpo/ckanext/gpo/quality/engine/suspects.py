"""Which rows of a CSV file need to be looked at, found by DuckDB.

A row is *cleared* if a proof holds for each of its cells, no other row has its key, and
what it refers to exists. All other rows are suspects: `judge` lets Frictionless read
them, and only them. Memory is bounded: what does not fit lies in the job's folder.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from . import spool
from .cells import canonical
from .checks import CodeCheck, Reference
from .layout import records_at
from .marks import BATCH, Marks, batches
from .numbering import FIRST_ROW, gaps, shifted
from .plan import Key, Plan


@dataclass
class Suspect:
    """A row to be looked at: its number in the file and its cells."""

    number: int
    cells: list[Any]


class Search:
    """The suspects of one file."""

    def __init__(
        self,
        path: Path,
        delimiter: str,
        plan: Plan,
        folder: Path,
        writable: Sequence[Path] = (),
    ) -> None:
        """Find them: read the file, once or a few times.

        :param folder: where what does not fit in memory may lie
        :param writable: folders that a spool may be written to
        :raises layout.Malformed: only a CSV reader can say where its cells end
        :raises duckdb.Error: it cannot be read as UTF-8, or a line is too long
        """
        self._plan = plan
        self._marks = Marks(path, delimiter, plan, folder, writable)
        self._db = self._marks.db
        self._irregular = self._marks.irregular
        self.regular = not self._irregular
        """Every row of the file has as many cells as there are columns."""
        self._named = np.empty(0, dtype=np.int64)
        self._find_repeated()
        self._find_unknown()

    @property
    def rows(self) -> int:
        """How many rows there are, without the header."""
        return self._marks.rows + len(self._irregular)

    def close(self) -> None:
        self._db.close()

    def __iter__(self) -> Iterator[Suspect]:
        """The suspects in the order of their numbers."""
        irregular = sorted(self._irregular.items())
        for record, cells in heapq.merge(
            irregular, self._suspect_rows(), key=itemgetter(0)
        ):
            yield Suspect(record + FIRST_ROW, cells)

    def spool(self, path: Path, odd_rows: Path, names: list[str]) -> None:
        """Write all rows in canonical form.

        :param odd_rows: a CSV of the suspects: number, then canonical cells by `names`
        """
        odd = odd_rows if self._any_suspect() else None
        spool.write(self._marks, path, odd, gaps(self._irregular).tolist(), names)

    # Keys

    def _find_repeated(self) -> None:
        """Rows whose key another row may have: equal keys have equal hashes."""
        for index, key in enumerate(self._plan.keys):
            self._db.execute("CREATE OR REPLACE TABLE odd (k UBIGINT)")
            for values in self._odd_keys(index, key):
                arrays = ", ".join(
                    f"unnest(${i + 1}::VARCHAR[])" for i in range(len(values))
                )
                names = ", ".join(f"v{i}" for i in range(len(values)))
                self._db.execute(
                    f"INSERT INTO odd SELECT hash({names}) "
                    f"FROM (SELECT {arrays}) AS t({names})",
                    values,
                )
            self._db.execute(f"""
                CREATE OR REPLACE TABLE repeated AS
                SELECT k FROM (SELECT k{index} AS k FROM marks WHERE k{index} IS NOT NULL
                               UNION ALL SELECT k FROM odd)
                GROUP BY k HAVING count(*) > 1""")
            self._add(f"""
                SELECT rowid AS place FROM marks
                WHERE cells IS NULL AND k{index} IN (SELECT k FROM repeated)""")

    def _odd_keys(self, index: int, key: Key) -> Iterator[list[list[str | None]]]:
        """The keys that are not proved, as Frictionless reads them: a list a column."""
        readers = [self._plan.fields[i].create_cell_reader() for i in key.columns]
        cursor = self._db.cursor().execute(
            f"SELECT cells FROM marks WHERE cells IS NOT NULL AND k{index} IS NULL"
        )
        irregular = [(cells,) for cells in self._irregular.values()]
        for rows in chain(batches(cursor), [irregular]):
            keys = [_key(cells, key, readers) for (cells,) in rows]
            complete = [k for k in keys if any(v is not None for v in k)]
            if complete:
                yield [list(column) for column in zip(*complete, strict=True)]

    # Codes and references

    def _find_unknown(self) -> None:
        """Rows with a code that fails its check, or a reference to nothing."""
        for check in self._plan.codes:
            for name, kind in check.codes.items():
                self._add_where(self._bad_code(self._plan.column(name), kind, check))
        for reference in self._plan.references:
            self._add_where(self._dangling(reference))

    def _bad_code(self, column: int, kind: str, check: CodeCheck) -> str:
        cursor = self._db.cursor().execute(
            f"SELECT DISTINCT {self._marks.proofs[column].value} FROM {self._marks.source}"
        )
        bad = [
            value
            for rows in batches(cursor)
            for (value,) in rows
            if value is not None and check.fault(kind, value)
        ]
        self._db.execute(
            "CREATE OR REPLACE TABLE bad AS SELECT unnest($1::VARCHAR[]) AS code", [bad]
        )
        return f"c{column} IN (SELECT code FROM bad)" if bad else ""

    def _dangling(self, reference: Reference) -> str:
        columns = [self._plan.column(name) for name in reference.key.fields]
        names = [f"v{i}" for i in range(len(columns))]
        path = self._marks.folder / "known.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
                map(canonical, key) for key in reference.keys
            )
        source = self._marks.csv(path, ["VARCHAR"] * len(columns), ",", 0)
        values = ", ".join(
            f"{self._marks.proofs[i].value} AS {name}"
            for i, name in zip(columns, names, strict=True)
        )
        same = " AND ".join(f"k.c{i} = r.{name}" for i, name in enumerate(names))
        complete = " AND ".join(f"r.{name} IS NOT NULL" for name in names)
        self._db.execute(f"""
            CREATE OR REPLACE TABLE lost AS
            SELECT DISTINCT {", ".join(names)} FROM (SELECT {values} FROM {self._marks.source}) r
            WHERE {complete} AND NOT EXISTS (SELECT 1 FROM {source} k WHERE {same})""")
        if not self._marks.one("SELECT count(*) FROM lost"):
            return ""
        pairs = " AND ".join(
            f"l.{name} = {self._marks.proofs[i].value}"
            for i, name in zip(columns, names, strict=True)
        )
        return f"EXISTS (SELECT 1 FROM lost l WHERE {pairs})"

    # Rows that are suspect for more than their own cells

    def _add_where(self, condition: str) -> None:
        if condition:
            self._add(
                f"SELECT number AS place FROM ({self._marks.numbered}) WHERE {condition}"
            )

    def _add(self, places: str) -> None:
        rows = self._db.execute(f"""
            SELECT place FROM ({places})
            WHERE place NOT IN (SELECT rowid FROM marks WHERE cells IS NOT NULL)""")
        self._named = np.union1d(self._named, rows.fetchnumpy()["place"])

    def _any_suspect(self) -> bool:
        marked = self._marks.one("SELECT count(*) FROM marks WHERE cells IS NOT NULL")
        return bool(marked or self._named.size or self._irregular)

    def _suspect_rows(self) -> Iterator[tuple[int, list[Any]]]:
        marked = self._db.cursor().execute(
            "SELECT rowid, cells FROM marks WHERE cells IS NOT NULL ORDER BY rowid"
        )
        rows = heapq.merge(
            chain.from_iterable(batches(marked)),
            records_at(self._marks.path, self._marks.delimiter, self._named),
            key=itemgetter(0),
        )
        missing = gaps(self._irregular)
        while batch := dict(islice(rows, BATCH)):
            for record, offset in shifted(batch, missing):
                yield record + offset, batch[record]


def _key(
    cells: list[Any], key: Key, readers: list[Callable[[Any], Any]]
) -> list[str | None]:
    values = [
        reader(cells[i])[0] if i < len(cells) else None
        for i, reader in zip(key.columns, readers, strict=True)
    ]
    return [None if value is None else canonical(value) for value in values]
