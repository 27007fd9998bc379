"""`ckan gpo-quality examine`: a file before it is handed in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ckanext.gpo.quality.cli import gpo_quality

from ..conftest import VENUES, Gate, as_csv, row


def test_it_tells_how_a_file_is_read_and_what_is_wrong(
    gate: Gate, cli: Any, tmp_path: Path
):
    path = tmp_path / "报表.csv"
    path.write_bytes(
        "示例数据\n".encode() + as_csv(VENUES, row(VENUES, floor_area="x"))
    )

    result = cli.invoke(gpo_quality, ["examine", str(path), "--table", VENUES])

    assert result.exit_code == 1
    assert "(row 1)" in result.output
    assert "[type-error] Row 3" in result.output
    assert "1 rows, 1 faults" in result.output
    assert gate.rows(VENUES) == []


def test_a_good_file_ends_with_0(gate: Gate, cli: Any, tmp_path: Path):
    path = tmp_path / "报表.csv"
    path.write_bytes(as_csv(VENUES, row(VENUES)))

    result = cli.invoke(gpo_quality, ["examine", str(path), "--table", VENUES])

    assert (result.exit_code, result.output) == (0, "1 rows, 0 faults\n")


def test_what_cannot_be_read_and_what_is_no_table(gate: Gate, cli: Any, tmp_path: Path):
    path = tmp_path / "报表.csv"
    path.write_bytes(b"")

    empty = cli.invoke(gpo_quality, ["examine", str(path), "--table", VENUES])
    unknown = cli.invoke(gpo_quality, ["examine", str(path), "--table", "a/b"])

    assert (empty.exit_code, unknown.exit_code) == (1, 2)
    assert "[file-empty]" in empty.output
