"""All rows of a checked file in canonical form, written by DuckDB in the order of the file."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from ckanext.gpo.common import duck
from ckanext.gpo.common.duck import literal

from .marks import Marks
from .numbering import FIRST_ROW

_PIECE = 1 << 20


def write(
    marks: Marks,
    path: Path,
    odd_rows: Path | None,
    missing: list[int],
    names: list[str],
) -> None:
    """Write the rows, the suspects among them as Frictionless has read them.

    :param odd_rows: a CSV of the suspects: number, then canonical cells by `names`; None
        if there is none
    :param missing: before which regular rows stand rows that are not in the file
    """
    if odd_rows is None and marks.is_canonical(names):
        _copy(marks.path, path, names)
        return
    quoted = [duck.identifier(name) for name in names]
    cleared = ", ".join(
        f"{marks.proofs[marks.plan.column(name)].value} AS {column}"
        for name, column in zip(names, quoted, strict=True)
    )
    select = f"SELECT {cleared} FROM {marks.source}"
    if odd_rows is not None:
        select = _merged(marks, odd_rows, missing, quoted, cleared)
    target = literal(str(path))
    marks.db.execute(f"COPY ({select}) TO {target} (FORMAT csv, HEADER true)")


def _copy(source_path: Path, path: Path, names: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerow(names)
    with source_path.open("rb") as source, path.open("ab") as target:
        source.readline()
        shutil.copyfileobj(source, target, _PIECE)


def _merged(
    marks: Marks, odd_rows: Path, missing: list[int], names: list[str], cleared: str
) -> str:
    """The cleared rows and the odd ones, in the order of their numbers."""
    marks.db.execute(
        """CREATE OR REPLACE TABLE gaps AS
           SELECT place, max(before) AS before
           FROM (SELECT unnest($1::BIGINT[]) AS place, unnest($2::BIGINT[]) AS before)
           GROUP BY place""",
        [missing, list(range(1, len(missing) + 1))],
    )
    odd = marks.csv(odd_rows, ["BIGINT", *["VARCHAR"] * len(names)], ",", 0)
    parsed = ", ".join(
        f"c{index} AS {name}" for index, name in enumerate(names, start=1)
    )
    return f"""
        WITH odd AS (SELECT c0 AS "#", {parsed} FROM {odd}),
        cleared AS (
            SELECT s.number + coalesce(g.before, 0) + {FIRST_ROW} AS "#", {cleared}
            FROM ({marks.numbered}) s ASOF LEFT JOIN gaps g ON s.number >= g.place)
        SELECT {", ".join(names)}
        FROM (SELECT * FROM odd
              UNION ALL
              SELECT * FROM cleared WHERE "#" NOT IN (SELECT "#" FROM odd))
        ORDER BY "#"
        """
