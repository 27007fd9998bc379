"""The file as DuckDB reads it: which rows are cleared by proofs, and the cells of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from ckanext.gpo.common import duck
from ckanext.gpo.common.duck import literal

from .layout import lay_out, survey
from .plan import Key, Plan
from .proof import Proof, as_written

BATCH = 10_000
"""How many rows are held in memory at once."""

_BUFFER = 4 << 20
"""Bytes that DuckDB reads at a time, some of them at once; a line has half of it at most."""


class Marks:
    """The table `marks`: a row for each regular row of a file, in its order.

    `cells` is NULL where every cell is proved, else the cells; `canonical` says whether
    the values of proved cells are written as in a spool; `k0`, `k1`, … are the hashes
    of the row's keys, NULL where a cell of the key is not proved.
    """

    def __init__(
        self,
        path: Path,
        delimiter: str,
        plan: Plan,
        folder: Path,
        writable: Sequence[Path] = (),
    ) -> None:
        """Read the file and mark its rows, see `suspects.Search`."""
        self.delimiter = delimiter
        self.plan = plan
        self.folder = folder
        self.db = duck.connect(folder, path.parent, *writable)
        self.proofs = self._compiled(plan.proofs)
        self.path = path
        self.irregular = self._read()
        """Record (0 the first) → cells of the rows that have more or fewer than columns."""

    @property
    def source(self) -> str:
        """The regular rows as text, for FROM: columns c0, c1, …"""
        return self.csv(self.path, ["VARCHAR"] * self._width, self.delimiter, 1)

    @property
    def numbered(self) -> str:
        """The regular rows with `number`, 0 for the first."""
        # The window stands directly on the file: only there the rows are in its order.
        return f"SELECT row_number() OVER () - 1 AS number, * FROM {self.source}"

    def csv(self, path: Path, types: list[str], delimiter: str, skip: int) -> str:
        """A CSV file for FROM: columns c0, c1, … of these types."""
        columns = ", ".join(f"'c{i}': '{kind}'" for i, kind in enumerate(types))
        # nullstr: no cell is NULL here, what is missing is the schema's affair
        nulls = "" if "BIGINT" in types else ", nullstr='\x01\x02\x01'"
        return (
            f"read_csv({literal(str(path))}, auto_detect=false, header=false, skip={skip}, "
            f"columns={{{columns}}}, delim={literal(delimiter)}, quote='\"', escape='\"', "
            f"strict_mode=true, null_padding=false, comment='', "
            f"buffer_size={_BUFFER}, max_line_size={_BUFFER // 2}{nulls})"
        )

    def one(self, query: str) -> int:
        """The number that a query of one aggregate gives."""
        return duck.one(self.db, query)[0]

    def is_canonical(self, names: Sequence[str]) -> bool:
        """Whether the file itself is the spool of its regular rows, but for its header."""
        if (
            self.delimiter != ","
            or self._has_returns
            or [field.name for field in self.plan.fields] != list(names)
        ):
            return False
        return not self.one("SELECT count_if(NOT canonical) FROM marks")

    @property
    def _width(self) -> int:
        return len(self.plan.fields)

    @property
    def _columns(self) -> str:
        return ", ".join(f"c{i}" for i in range(self._width))

    def _read(self) -> dict[int, list[str]]:
        """Mark all regular rows; returns the others."""
        counts = survey(self.path, self.delimiter)
        self._has_returns = counts.returns
        even = counts.delimiters == counts.lines * (self._width - 1)
        if even and not counts.quotes and self._width > 1:
            try:
                self._mark()
            except duckdb.InvalidInputException:
                pass
            else:
                if self.rows == counts.lines - 1:
                    return {}
        regular = self.folder / "regular.csv"
        layout = lay_out(self.path, self.delimiter, self._width, regular)
        self.path = regular
        self._mark()
        if self.rows != layout.records - len(layout.irregular):
            raise duckdb.InvalidInputException("DuckDB counts other records")
        return layout.irregular

    def _compiled(self, proofs: Sequence[Proof]) -> list[Proof]:
        """The proofs less those whose pattern is beyond RE2's limits: they prove nothing."""
        if self._compiles(*proofs):
            return list(proofs)
        return [
            proof if self._compiles(proof) else replace(proof, valid="false")
            for proof in proofs
        ]

    def _compiles(self, *proofs: Proof) -> bool:
        columns = ", ".join(f"'' AS c{i}" for i in range(self._width))
        tests = ", ".join(f"{proof.valid}, {proof.value}" for proof in proofs)
        try:
            self.db.execute(f"SELECT {tests} FROM (SELECT {columns})")
        except duckdb.Error:
            return False
        return True

    def _mark(self) -> None:
        """One pass: is a row cleared, what are its keys, and its cells if it is not."""
        conditions = [proof.holds for proof in self.proofs]
        blank = " AND ".join(proof.missing for proof in self.proofs)
        conditions.append(f"NOT ({blank})")
        for key in self.plan.keys:
            if key.primary:
                nothing = " AND ".join(self.proofs[i].missing for i in key.columns)
                conditions.append(f"NOT ({nothing})")
        columns = {
            field.name: proof.value
            for field, proof in zip(self.plan.fields, self.proofs, strict=True)
        }
        if self.plan.refusal:
            conditions.append(f"NOT coalesce(({self.plan.refusal(columns)}), false)")
        canonical = " AND ".join(
            f"{proof.value} IS NOT DISTINCT FROM {text}"
            for index, proof in enumerate(self.proofs)
            if proof.value != (text := as_written(f"c{index}"))
        )
        keys = "".join(
            f", CASE WHEN {self._is_proved(key)} THEN {self._hash(key)} END AS k{i}"
            for i, key in enumerate(self.plan.keys)
        )
        marks = f"""
            CREATE OR REPLACE TABLE marks AS
            SELECT CASE WHEN ok THEN NULL ELSE [{self._columns}] END AS cells,
                   * EXCLUDE (ok, {self._columns})
            FROM (SELECT *, coalesce({" AND ".join(conditions)}, false) AS ok,
                         {canonical or "true"} AS canonical{keys}
                  FROM {self.source})"""
        self._require_order(marks)
        self.db.execute(marks)
        self.rows = self.one("SELECT count(*) FROM marks")

    def _require_order(self, query: str) -> None:
        plan = self.db.execute(f"EXPLAIN {query}").fetchall()[0][1]
        if "Join" in plan or "Batch Create" not in plan:
            raise duckdb.NotSupportedError("the plan does not keep the order of rows")

    def _is_proved(self, key: Key) -> str:
        """All cells of a key are proved; for a unique column, also that it has one."""
        parts: list[str] = []
        for i in key.columns:
            proof = self.proofs[i]
            offset = proof.missing if key.primary else "false"
            parts.append(f"({offset} OR (NOT {proof.missing} AND {proof.valid}))")
        return f"coalesce({' AND '.join(parts)}, false)"

    def _hash(self, key: Key) -> str:
        return f"hash({', '.join(self.proofs[i].value for i in key.columns)})"


def batches(rows: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a result, as many at once as memory is meant for."""
    while batch := rows.fetchmany(BATCH):
        yield batch
