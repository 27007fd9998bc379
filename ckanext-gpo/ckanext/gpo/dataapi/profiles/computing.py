"""Profiles computed by DuckDB from the Parquet file of a version, column by column."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb

from ckanext.gpo.common.duck import connect, identifier, literal, one

from .profile import Bin, Frequency, Plain, Profile

EXACT_ROWS: Final = 1_000_000
"""Up to so many rows different values are counted, beyond they are estimated."""

BINS: Final = 12
FREQUENT: Final = 10
LONGEST: Final = 200
"""Characters of a frequent value that are kept."""

_NUMBERS: Final = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "DECIMAL",
    "DOUBLE",
)
_DAYS: Final = ("DATE", "TIMESTAMP")


def compute_profiles(path: Path, names: Iterable[str], folder: Path) -> list[Profile]:
    """The profiles of some columns of a Parquet file, of those that it has.

    :param folder: temporary files go here
    :raises duckdb.Error: the file cannot be read
    """
    with connect(folder, path.parent) as database:
        database.execute(
            f"CREATE VIEW rows AS SELECT * FROM {literal(str(path))}"  # noqa: S608 - quoted
        )
        types = {
            row[0]: str(row[1]) for row in database.execute("DESCRIBE rows").fetchall()
        }
        return [
            _profile(database, name, types[name]) for name in names if name in types
        ]


def _profile(database: duckdb.DuckDBPyConnection, name: str, kind: str) -> Profile:
    column = identifier(name)
    (rows,) = one(database, "SELECT count(*) FROM rows")
    is_exact = rows <= EXACT_ROWS
    distinct = (
        f"count(DISTINCT {column})" if is_exact else f"approx_count_distinct({column})"
    )
    filled, different = one(database, f"SELECT count({column}), {distinct} FROM rows")  # noqa: S608 - quoted
    profile: dict[str, Any] = {
        "name": name,
        "empty": rows - filled,
        "distinct": different,
        "distinct_is_exact": is_exact,
    }
    if filled and kind.startswith(_NUMBERS):
        profile |= _numbers(database, column, is_exact)
    if filled and kind.startswith(_DAYS):
        profile |= _days(database, column)
    if filled and not kind.startswith((*_NUMBERS, *_DAYS)):
        profile |= {"frequent": _frequent(database, column)}
    return Profile(**profile)


def _numbers(
    database: duckdb.DuckDBPyConnection, column: str, is_exact: bool
) -> dict[str, Any]:
    number = f"CAST({column} AS DOUBLE)"
    quantile = "quantile_cont" if is_exact else "approx_quantile"
    least, most, mean, total, quartiles = one(
        database,
        f"SELECT min({column}), max({column}), avg({number}), sum({number}),"  # noqa: S608 - quoted
        f" {quantile}({number}, [0.25, 0.5, 0.75]) FROM rows",
    )
    low, high = float(least), float(most)
    edges = [low + (high - low) * place / BINS for place in range(BINS + 1)]
    return {
        "min": _plain(least),
        "max": _plain(most),
        "mean": mean,
        "sum": total,
        "quartiles": tuple(map(float, quartiles)),
        "bins": _bins(database, number, low, high, edges),
    }


def _days(database: duckdb.DuckDBPyConnection, column: str) -> dict[str, Any]:
    day = f"CAST(date_diff('day', DATE '1970-01-01', CAST({column} AS DATE)) AS DOUBLE)"
    least, most, low, high = one(
        database,
        f"SELECT min({column}), max({column}), min({day}), max({day}) FROM rows",  # noqa: S608 - quoted
    )
    first = date(1970, 1, 1).toordinal()
    steps = [low + (high - low) * place / BINS for place in range(BINS + 1)]
    edges = [date.fromordinal(first + math.floor(step)).isoformat() for step in steps]
    return {
        "min": _plain(least),
        "max": _plain(most),
        "bins": _bins(database, day, low, high, edges),
    }


def _bins(
    database: duckdb.DuckDBPyConnection,
    number: str,
    low: float,
    high: float,
    edges: list[Plain] | list[float] | list[str],
) -> tuple[Bin, ...]:
    """How many values lie in each of the equal steps between the edges."""
    if not (math.isfinite(low) and math.isfinite(high)) or low == high:
        return ()
    counts = dict(
        database.execute(
            f"SELECT least(CAST(floor(({number} - $low) / $step) AS INTEGER), $last), count(*)"  # noqa: S608 - quoted
            f" FROM rows WHERE {number} IS NOT NULL GROUP BY 1",
            {"low": low, "step": (high - low) / BINS, "last": BINS - 1},
        ).fetchall()
    )
    return tuple(
        Bin(edges[place], edges[place + 1], counts.get(place, 0))
        for place in range(BINS)
    )


def _frequent(
    database: duckdb.DuckDBPyConnection, column: str
) -> tuple[Frequency, ...]:
    rows = database.execute(
        f"SELECT left(CAST({column} AS VARCHAR), {LONGEST}) AS value, count(*) AS count"  # noqa: S608 - quoted
        f" FROM rows WHERE {column} IS NOT NULL GROUP BY 1"
        f" HAVING count(*) > 1 ORDER BY count DESC, value LIMIT {FREQUENT}"
    ).fetchall()
    return tuple(Frequency(value, count) for value, count in rows)


def _plain(value: Any) -> Plain:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
