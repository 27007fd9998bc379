"""The table that the gate's figures are taken on."""

from __future__ import annotations

import csv
from pathlib import Path

from frictionless import Schema
from frictionless.resources import TableResource

from bench import gate_table
from bench.figure import Figure, watched_memory


def test_its_rows_pass_every_rule(tmp_path: Path):
    of = gate_table.table()
    gate_table.write(tmp_path / "clean.csv", 500)

    report = TableResource(
        path="clean.csv",
        basepath=str(tmp_path),
        schema=Schema.from_descriptor(of.schema),
    ).validate()

    assert report.valid, report.flatten()
    assert report.tasks[0].stats["rows"] == 500


def test_it_is_the_same_at_every_run(tmp_path: Path):
    gate_table.write(tmp_path / "a.csv", 50)
    gate_table.write(tmp_path / "b.csv", 50)

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as source:
        assert list(csv.reader(source))[1:] == list(gate_table.rows(50))


def test_a_ratio_says_how_many_times_faster():
    figure = Figure.from_times("pipeline", 2.0, "the plain way", 10.0, 1_000)

    assert (figure.value, figure.peer_value, figure.ratio) == (2.0, 10.0, 5.0)


def test_memory_is_that_of_the_block():
    with watched_memory(every=0.001) as peak:
        held = bytearray(200 << 20)
        held[::4096] = b"x" * len(held[::4096])
        while peak.mebibytes < 200:
            pass
    assert peak.mebibytes >= 200
