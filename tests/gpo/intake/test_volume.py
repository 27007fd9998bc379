"""A table that lost most of its rows is held, unless it says that it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.gpo.common.tables import table
from ckanext.gpo.intake import Declaration, Limits, read

TABLE = table("tax/tax_arrears")
HEADER = ",".join(field["name"] for field in TABLE.fields)
ROW = ",".join(str(field["example"]) for field in TABLE.fields)


@pytest.mark.parametrize(
    ("rows", "published", "held"),
    [(75, 152, True), (76, 152, False), (1, 19, False), (9, 20, True), (1, 0, False)],
)
def test_half_of_the_public_rows_must_be_there(
    rows: int, published: int, held: bool, tmp_path: Path
):
    path = tmp_path / "received.csv"
    path.write_text("\n".join([HEADER, *[ROW] * rows]), "utf-8")

    for allow in (frozenset[str](), frozenset({"rows-dropped"})):
        clean = read(
            path,
            TABLE,
            Declaration(allow=allow),
            tmp_path,
            Limits(),
            published_rows=published,
        )
        told = [entry.code for entry in (clean.steps if allow else clean.findings)]
        assert ("rows-dropped" in told) == held
        assert not (allow and clean.findings)
