"""The table that the reader's figures are taken on."""

from __future__ import annotations

from pathlib import Path

from bench import intake_workbooks, office


def test_its_rows_are_read_and_pass_every_rule(tmp_path: Path):
    path = office.write(tmp_path / "office.xlsx", 50)

    ours = intake_workbooks.examine(path, office.table())
    peer = intake_workbooks.read_only(path, office.table())

    assert (ours.rows, peer.rows) == (50, 50)
