"""What changed between two versions of a table, record by record. Pure: two Parquet files.

Records are known by their key. A table without a usable key (none declared, not in both
files, empty or repeated in one of them) is compared as a bag of whole rows: then there
are rows added and removed, none changed.

Columns that only one of the files has are named, not compared; of a column whose type
has changed the texts are compared. DuckDB does the work in bounded memory, spills into
the given folder, and can read nothing outside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from ckanext.gpo.common.duck import USUAL, Limits, connect, identifier

KINDS: Final = ("added", "removed", "changed")

_ROWS: Final = 2_000
"""So many are read at once."""

_NUMERIC: Final = ("INT", "DECIMAL", "DOUBLE", "FLOAT")


@dataclass(frozen=True)
class Totals:
    """How many records are of which kind."""

    added: int
    removed: int
    changed: int
    unchanged: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Comparison:
    """Two Parquet files, compared on demand. A context manager: it holds a database.

    :param key: the columns that name a record; empty for none
    :param folder: holds both files, or `others` do; temporary files go here
    :raises duckdb.Error: (from any method) a file cannot be read as Parquet
    """

    def __init__(
        self,
        old: Path,
        new: Path,
        key: Sequence[str],
        folder: Path,
        *others: Path,
        limits: Limits = USUAL,
    ) -> None:
        self._db = connect(folder, *others, limits=limits)
        try:
            self._old = self._open("old", old)
            self._new = self._open("new", new)
            self._common = [name for name in self._new if name in self._old]
            self.key = tuple(key) if self._identifies(key) else ()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Comparison:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    @property
    def columns_added(self) -> list[str]:
        """Columns of the new file only."""
        return [name for name in self._new if name not in self._old]

    @property
    def columns_removed(self) -> list[str]:
        """Columns of the old file only."""
        return [name for name in self._old if name not in self._new]

    def totals(self) -> Totals:
        """The complete counts."""
        source = self._pairs() if self.key else self._bag()
        counts = dict(
            self._db.execute(
                f"SELECT kind, count(*) FROM ({source}) GROUP BY kind"  # noqa: S608
            ).fetchall()
        )
        if not self.key:
            ((rows,),) = self._db.execute("SELECT count(*) FROM new").fetchall()
            counts["unchanged"] = rows - counts.get("added", 0)
        return Totals(**{kind: counts.get(kind, 0) for kind in (*KINDS, "unchanged")})

    def records(
        self, kinds: Sequence[str], offset: int, limit: int
    ) -> list[dict[str, Any]]:
        """A page of the records of these kinds, in the order of their keys.

        :returns: `{kind, key, row}` for a record added or removed, with all its cells;
            `{kind, key, cells: {column: {old, new}}}` for a changed one
        """
        return list(self._records(kinds, f"LIMIT {limit} OFFSET {offset}"))

    def all_records(self) -> Iterator[dict[str, Any]]:
        """All records that are not as before, as `records` tells them; read as they go."""
        return self._records(KINDS, "")

    def _records(self, kinds: Sequence[str], page: str) -> Iterator[dict[str, Any]]:
        source = self._pairs() if self.key else self._bag()
        answer = self._db.execute(
            f"SELECT * FROM ({source}) WHERE list_contains(?, kind) "  # noqa: S608
            f"ORDER BY {self._order()} {page}",
            [list(kinds)],
        )
        names = [column[0] for column in answer.description]
        while rows := answer.fetchmany(_ROWS):
            for row in rows:
                yield self._record(dict(zip(names, row, strict=True)))

    def _open(self, name: str, path: Path) -> dict[str, str]:
        """Let the file be called by a name: its columns with their types."""
        relation = self._db.read_parquet(str(path))
        relation.create_view(name)
        types = [str(kind) for kind in relation.types]
        return dict(zip(relation.columns, types, strict=True))

    def _identifies(self, key: Sequence[str]) -> bool:
        if not key or not set(key) <= set(self._common):
            return False
        columns = ", ".join(identifier(name) for name in key)
        filled = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key)
        answers = [
            self._db.execute(
                f"SELECT (SELECT count(*) FROM "  # noqa: S608 - quoted
                f"(SELECT DISTINCT {columns} FROM {side} WHERE {filled})) "
                f"= (SELECT count(*) FROM {side})"
            ).fetchall()
            for side in ("old", "new")
        ]
        return answers == [[(True,)]] * 2

    def _as_text(self, name: str) -> bool:
        old, new = self._old[name], self._new[name]
        numbers = all(any(n in kind for n in _NUMERIC) for kind in (old, new))
        return old != new and not numbers

    def _term(self, side: str, position: int) -> str:
        """A common column as it is compared."""
        term = f"{side}.c{position}"
        name = self._common[position]
        return f"CAST({term} AS VARCHAR)" if self._as_text(name) else term

    def _side(self, side: str) -> str:
        """A file under names of our own: `c0…` what both have, `x0…` what one has."""
        own = self.columns_added if side == "new" else self.columns_removed
        columns = [f"{identifier(name)} AS c{i}" for i, name in enumerate(self._common)]
        columns += [f"{identifier(name)} AS x{i}" for i, name in enumerate(own)]
        return f"(SELECT true AS here, {', '.join(columns)} FROM {side})"  # noqa: S608

    def _pairs(self) -> str:
        """Old and new record side by side, joined by key."""
        keys = [self._common.index(name) for name in self.key]
        others = [i for i in range(len(self._common)) if i not in keys]
        same_key = " AND ".join(
            f"{self._term('o', i)} = {self._term('n', i)}" for i in keys
        )
        differs = {
            i: f"({self._term('o', i)} IS DISTINCT FROM {self._term('n', i)})"
            for i in others
        }
        columns = [
            *(
                f"coalesce({self._term('n', i)}, {self._term('o', i)}) AS k{i}"
                for i in keys
            ),
            *(f"{side}.c{i} AS {side}c{i}" for side in "on" for i in others),
            *(f"o.x{i} AS ox{i}" for i in range(len(self.columns_removed))),
            *(f"n.x{i} AS nx{i}" for i in range(len(self.columns_added))),
            *(f"{test} AS d{i}" for i, test in differs.items()),
        ]
        return (
            "SELECT CASE WHEN o.here IS NULL THEN 'added' "  # noqa: S608
            "WHEN n.here IS NULL THEN 'removed' "
            f"WHEN {' OR '.join(differs.values()) or 'false'} THEN 'changed' "
            f"ELSE 'unchanged' END AS kind, {', '.join(columns)} "
            f"FROM {self._side('old')} o FULL JOIN {self._side('new')} n ON {same_key}"
        )

    def _bag(self) -> str:
        """Rows that one side has oftener than the other, as often as it has more."""
        if not self._common:
            own = " UNION ALL BY NAME ".join(
                f"SELECT '{kind}' AS kind, * FROM {self._side(side)}"  # noqa: S608
                for kind, side in (("added", "new"), ("removed", "old"))
            )
            return f"SELECT * EXCLUDE (here) FROM ({own})"  # noqa: S608
        positions = range(len(self._common))
        old, new = (
            "SELECT "  # noqa: S608
            + ", ".join(f"{self._term(side[0], i)} AS c{i}" for i in positions)
            + f" FROM {self._side(side)} {side[0]}"
            for side in ("old", "new")
        )
        return (
            f"SELECT 'added' AS kind, * FROM ({new} EXCEPT ALL {old}) "  # noqa: S608
            f"UNION ALL SELECT 'removed', * FROM ({old} EXCEPT ALL {new})"
        )

    def _order(self) -> str:
        if self.key:
            return ", ".join(f"k{self._common.index(name)}" for name in self.key)
        columns = [f"c{i}" for i in range(len(self._common))]
        return ", ".join([*columns, "kind"] if columns else ["ALL"])

    def _record(self, answer: dict[str, Any]) -> dict[str, Any]:
        kind = answer["kind"]
        own = self.columns_removed if kind == "removed" else self.columns_added
        if not self.key:
            names = {f"c{i}": name for i, name in enumerate(self._common)}
            if not names:
                names = {f"x{i}": name for i, name in enumerate(own)}
            row = {name: _plain(answer[c]) for c, name in names.items()}
            return {"kind": kind, "key": {}, "row": row}
        places = {name: i for i, name in enumerate(self._common)}
        key = {name: _plain(answer[f"k{places[name]}"]) for name in self.key}
        others = [name for name in self._common if name not in key]
        if kind == "changed":
            cells = {
                name: {
                    "old": _plain(answer[f"oc{places[name]}"]),
                    "new": _plain(answer[f"nc{places[name]}"]),
                }
                for name in others
                if answer[f"d{places[name]}"]
            }
            return {"kind": kind, "key": key, "cells": cells}
        side = "o" if kind == "removed" else "n"
        row = {name: _plain(answer[f"{side}c{places[name]}"]) for name in others}
        row |= {name: _plain(answer[f"{side}x{i}"]) for i, name in enumerate(own)}
        return {"kind": kind, "key": key, "row": key | row}


def _plain(value: Any) -> Any:
    """A cell as JSON takes it.

    Decimal numbers as text, so that no digit is lost; without the zeros that only the
    column's type has added.

    >>> _plain(Decimal("1200.5000")), _plain(Decimal("100")), _plain(None)
    ('1200.5', '100', None)
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
