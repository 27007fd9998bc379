"""The candidate's bytes, and the way back from its rows to the source's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ckanext.gpo.harvest.candidate import Candidate, copy, write
from ckanext.gpo.harvest.extract import Row
from ckanext.gpo.harvest.failures import HarvestError, Interrupted


def _write(path: Path, rows: list[Row]) -> Candidate:
    return write(
        path, ["a", "b"], rows, lambda cells: list(map(str, cells)), lambda: None
    )


def test_bytes_are_utf8_csv_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    written = _write(path, [(0, ["甲", "1,2"]), (0, ['"', "两\n行"])])
    assert path.read_bytes().decode() == 'a,b\n甲,"1,2"\n"""","两\n行"\n'
    assert written.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert written.rows == 2
    assert written.origin("表") == {"label": "表"}


def test_no_rows_leave_a_header(tmp_path: Path) -> None:
    written = _write(tmp_path / "x.csv", [])
    assert (tmp_path / "x.csv").read_text() == "a,b\n"
    assert (written.rows, written.origin("表")) == (0, {"label": "表"})


@pytest.mark.parametrize(
    ("source_rows", "origin"),
    [
        ([2, 3, 4], {"row_offset": 0}),
        ([5, 6, 7], {"row_offset": 3}),
        ([4, 5, 9, 10], {"row_offsets": [[2, 2], [4, 5]]}),
    ],
)
def test_origin_leads_back_to_the_source_row(
    source_rows: list[int], origin: dict, tmp_path: Path
) -> None:
    written = _write(tmp_path / "x.csv", [(row, "xy") for row in source_rows])
    assert written.origin("表") == {"label": "表", **origin}


def test_a_reading_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    closed = []

    def rows() -> Iterator[Row]:
        try:
            while True:
                yield 0, ["a", "b"]
        finally:
            closed.append(True)

    calls = iter(range(3))

    def pulse() -> None:
        if next(calls, None) is None:
            raise Interrupted

    endless = rows()
    with pytest.raises(Interrupted):
        write(tmp_path / "x.csv", ["a", "b"], endless, list, pulse)
    endless.close()
    assert closed == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_copied_as_it_is(tmp_path: Path) -> None:
    source = tmp_path / "报表.xlsx"
    source.write_bytes(b"PK\x03\x04" * (1 << 19))
    pulses: list[int] = []

    copied = copy(source, tmp_path / "x", lambda: pulses.append(1))

    assert (tmp_path / "x").read_bytes() == source.read_bytes()
    assert copied.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert copied.origin("报表.xlsx") == {"label": "报表.xlsx"}
    assert len(pulses) == 2


def test_a_file_that_grows_is_not_taken(tmp_path: Path) -> None:
    source = tmp_path / "报表.csv"
    source.write_text("a,b\n")

    def append() -> None:
        source.write_text("a,b\n1,2\n")

    with pytest.raises(HarvestError, match="source-file-growing"):
        copy(source, tmp_path / "x", append)
    assert [path.name for path in tmp_path.iterdir()] == ["报表.csv"]
