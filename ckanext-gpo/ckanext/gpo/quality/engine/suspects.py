"""Which rows of a CSV file need to be looked at, found by DuckDB.

A row is *cleared* if a proof holds for each of its cells, no other row has its key, and
what it refers to exists. All other rows are suspects: `judge` lets Frictionless read
them, and only them. Memory is bounded: what does not fit lies in the job's folder.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ckanext.gpo.common import duck
from ckanext.gpo.common.duck import literal

from .cells import canonical
from .checks import CodeCheck, Reference
from .layout import lay_out, records_at, survey
from .numbering import gaps, shifted
from .plan import Key, Plan
from .proof import Proof

FIRST_ROW = 2
"""The number of the first row after the header."""

_BATCH = 10_000


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
        apart: dict[int, list[Any]],
        writable: Sequence[Path] = (),
    ) -> None:
        """Find them: read the file, once or a few times.

        :param apart: rows that are not in the file: record (0 the first) → cells
        :param folder: where what does not fit in memory may lie
        :param writable: folders that a spool may be written to
        :raises layout.Malformed: only a CSV reader can say where its cells end
        :raises duckdb.Error: it cannot be read as UTF-8, or a line is too long
        """
        self._plan = plan
        self._delimiter = delimiter
        self._folder = folder
        self._db = duck.connect(folder, path.parent, *writable)
        self._proofs = [self._compiled(proof) for proof in plan.proofs]
        self._path = path
        irregular = self._read()
        self.regular = not irregular
        """Every row of the file has as many cells as there are columns."""
        self._apart = {
            record + offset: irregular[record]
            for record, offset in shifted(irregular, gaps(apart))
        }
        self._apart |= apart
        self._named = np.empty(0, dtype=np.int64)
        self._find_repeated()
        self._find_unknown()

    @property
    def rows(self) -> int:
        """How many rows there are, without the header."""
        return self._read_rows + len(self._apart)

    def close(self) -> None:
        self._db.close()

    def __iter__(self) -> Iterator[Suspect]:
        """The suspects in the order of their numbers."""
        apart = sorted(self._apart.items())
        for record, cells in heapq.merge(
            apart, self._suspect_rows(), key=itemgetter(0)
        ):
            yield Suspect(record + FIRST_ROW, cells)

    def spool(self, path: Path, odd_rows: Path, names: list[str]) -> None:
        """Write all rows in canonical form.

        :param odd_rows: a CSV of the suspects: number, then canonical cells by `names`
        """
        quoted = [duck.identifier(name) for name in names]
        cleared = ", ".join(
            f"{self._proofs[self._plan.column(name)].value} AS {column}"
            for name, column in zip(names, quoted, strict=True)
        )
        select = f"SELECT {cleared} FROM {self._source}"
        if self._any_suspect():
            select = self._merged(odd_rows, quoted, cleared)
        target = literal(str(path))
        self._db.execute(f"COPY ({select}) TO {target} (FORMAT csv, HEADER true)")

    def _merged(self, odd_rows: Path, names: list[str], cleared: str) -> str:
        """The cleared rows and the odd ones, in the order of their numbers."""
        missing = gaps(self._apart).tolist()
        self._db.execute(
            """CREATE OR REPLACE TABLE gaps AS
               SELECT place, max(before) AS before
               FROM (SELECT unnest($1::BIGINT[]) AS place, unnest($2::BIGINT[]) AS before)
               GROUP BY place""",
            [missing, list(range(1, len(missing) + 1))],
        )
        odd = self._csv(odd_rows, ["BIGINT", *["VARCHAR"] * len(names)], ",", 0)
        parsed = ", ".join(f"c{i} AS {name}" for i, name in enumerate(names, 1))
        return f"""
            WITH odd AS (SELECT c0 AS "#", {parsed} FROM {odd}),
            cleared AS (
                SELECT s.number + coalesce(g.before, 0) + {FIRST_ROW} AS "#", {cleared}
                FROM ({self._numbered}) s ASOF LEFT JOIN gaps g ON s.number >= g.place)
            SELECT {", ".join(names)}
            FROM (SELECT * FROM odd
                  UNION ALL
                  SELECT * FROM cleared WHERE "#" NOT IN (SELECT "#" FROM odd))
            ORDER BY "#"
            """

    # The file

    @property
    def _width(self) -> int:
        return len(self._plan.fields)

    @property
    def _source(self) -> str:
        return self._csv(self._path, ["VARCHAR"] * self._width, self._delimiter, 1)

    @property
    def _columns(self) -> str:
        return ", ".join(f"c{i}" for i in range(self._width))

    @property
    def _numbered(self) -> str:
        # The window stands directly on the file: only there the rows are in its order.
        return f"SELECT row_number() OVER () - 1 AS number, * FROM {self._source}"

    def _csv(self, path: Path, types: list[str], delimiter: str, skip: int) -> str:
        columns = ", ".join(f"'c{i}': '{kind}'" for i, kind in enumerate(types))
        # nullstr: no cell is NULL here, what is missing is the schema's affair
        nulls = "" if "BIGINT" in types else ", nullstr='\x01\x02\x01'"
        return (
            f"read_csv({literal(str(path))}, auto_detect=false, header=false, skip={skip}, "
            f"columns={{{columns}}}, delim={literal(delimiter)}, quote='\"', escape='\"', "
            f"strict_mode=true, null_padding=false, comment=''{nulls})"
        )

    def _read(self) -> dict[int, list[str]]:
        """Mark all regular rows; returns the others."""
        counts = survey(self._path, self._delimiter)
        even = counts.delimiters == counts.lines * (self._width - 1)
        if even and not counts.quotes and self._width > 1:
            try:
                self._mark()
            except duckdb.InvalidInputException:
                pass
            else:
                if self._read_rows == counts.lines - 1:
                    return {}
        regular = self._folder / "regular.csv"
        layout = lay_out(self._path, self._delimiter, self._width, regular)
        self._path = regular
        self._mark()
        if self._read_rows != layout.records - len(layout.irregular):
            raise duckdb.InvalidInputException("DuckDB counts other records")
        return layout.irregular

    def _compiled(self, proof: Proof) -> Proof:
        # A pattern may be beyond RE2's limits: then nothing is proved by it.
        columns = ", ".join(f"'' AS c{i}" for i in range(self._width))
        try:
            self._db.execute(
                f"SELECT {proof.valid}, {proof.value} FROM (SELECT {columns})"
            )
        except duckdb.Error:
            return replace(proof, valid="false")
        return proof

    def _mark(self) -> None:
        """One pass: is a row cleared, what are its keys, and its cells if it is not."""
        conditions = [proof.holds for proof in self._proofs]
        blank = " AND ".join(proof.missing for proof in self._proofs)
        conditions.append(f"NOT ({blank})")
        for key in self._plan.keys:
            if key.primary:
                nothing = " AND ".join(self._proofs[i].missing for i in key.columns)
                conditions.append(f"NOT ({nothing})")
        keys = "".join(
            f", CASE WHEN {self._is_proved(key)} THEN {self._hash(key)} END AS k{i}"
            for i, key in enumerate(self._plan.keys)
        )
        marks = f"""
            CREATE OR REPLACE TABLE marks AS
            SELECT CASE WHEN ok THEN NULL ELSE [{self._columns}] END AS cells,
                   * EXCLUDE (ok, {self._columns})
            FROM (SELECT *, coalesce({" AND ".join(conditions)}, false) AS ok{keys}
                  FROM {self._source})"""
        self._require_order(marks)
        self._db.execute(marks)
        self._read_rows = self._one("SELECT count(*) FROM marks")

    def _require_order(self, query: str) -> None:
        plan = self._db.execute(f"EXPLAIN {query}").fetchall()[0][1]
        if "Join" in plan or "Batch Create" not in plan:
            raise duckdb.NotSupportedError("the plan does not keep the order of rows")

    def _is_proved(self, key: Key) -> str:
        """All cells of a key are proved; for a unique column, also that it has one."""
        parts = []
        for i in key.columns:
            proof = self._proofs[i]
            absent = proof.missing if key.primary else "false"
            parts.append(f"({absent} OR (NOT {proof.missing} AND {proof.valid}))")
        return f"coalesce({' AND '.join(parts)}, false)"

    def _hash(self, key: Key) -> str:
        return f"hash({', '.join(self._proofs[i].value for i in key.columns)})"

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
        apart = [(cells,) for cells in self._apart.values()]
        for rows in chain(_batches(cursor), [apart]):
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
            f"SELECT DISTINCT {self._proofs[column].value} FROM {self._source}"
        )
        bad = [
            value
            for rows in _batches(cursor)
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
        path = self._folder / "known.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
                map(canonical, key) for key in reference.keys
            )
        source = self._csv(path, ["VARCHAR"] * len(columns), ",", 0)
        values = ", ".join(
            f"{self._proofs[i].value} AS {name}"
            for i, name in zip(columns, names, strict=True)
        )
        same = " AND ".join(f"k.c{i} = r.{name}" for i, name in enumerate(names))
        complete = " AND ".join(f"r.{name} IS NOT NULL" for name in names)
        self._db.execute(f"""
            CREATE OR REPLACE TABLE lost AS
            SELECT DISTINCT {", ".join(names)} FROM (SELECT {values} FROM {self._source}) r
            WHERE {complete} AND NOT EXISTS (SELECT 1 FROM {source} k WHERE {same})""")
        if not self._one("SELECT count(*) FROM lost"):
            return ""
        pairs = " AND ".join(
            f"l.{name} = {self._proofs[i].value}"
            for i, name in zip(columns, names, strict=True)
        )
        return f"EXISTS (SELECT 1 FROM lost l WHERE {pairs})"

    # Rows that are suspect for more than their own cells

    def _add_where(self, condition: str) -> None:
        if condition:
            self._add(
                f"SELECT number AS place FROM ({self._numbered}) WHERE {condition}"
            )

    def _add(self, places: str) -> None:
        rows = self._db.execute(f"""
            SELECT place FROM ({places})
            WHERE place NOT IN (SELECT rowid FROM marks WHERE cells IS NOT NULL)""")
        self._named = np.union1d(self._named, rows.fetchnumpy()["place"])

    def _any_suspect(self) -> bool:
        marked = self._one("SELECT count(*) FROM marks WHERE cells IS NOT NULL")
        return bool(marked or self._named.size or self._apart)

    def _suspect_rows(self) -> Iterator[tuple[int, list[Any]]]:
        marked = self._db.cursor().execute(
            "SELECT rowid, cells FROM marks WHERE cells IS NOT NULL ORDER BY rowid"
        )
        rows = heapq.merge(
            chain.from_iterable(_batches(marked)),
            records_at(self._path, self._delimiter, self._named),
            key=itemgetter(0),
        )
        missing = gaps(self._apart)
        while batch := dict(islice(rows, _BATCH)):
            for record, offset in shifted(batch, missing):
                yield record + offset, batch[record]

    def _one(self, query: str) -> int:
        row = self._db.execute(query).fetchone()
        assert row is not None  # noqa: S101 - an aggregate has one row
        return row[0]


def _key(
    cells: list[Any], key: Key, readers: list[Callable[[Any], Any]]
) -> list[str | None]:
    values = [
        reader(cells[i])[0] if i < len(cells) else None
        for i, reader in zip(key.columns, readers, strict=True)
    ]
    return [None if value is None else canonical(value) for value in values]


def _batches(cursor: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(_BATCH):
        yield rows
