"""Where records begin and end, against Python's own CSV reader."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.quality.engine import layout
from ckanext.gpo.quality.engine.layout import Malformed, lay_out, records_at, survey

CELLS = st.text(st.sampled_from('a"b,\n\r;天 '), max_size=4)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=12),
    block=st.sampled_from([16, 40, 1 << 20]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_records_are_those_of_a_csv_reader(
    rows: list[list[str]], block: int, ending: str
):
    text = io.StringIO()
    csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(rows)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "BLOCK", block)
        path = Path(folder) / "table.csv"
        path.write_bytes(f"a,b{ending}{text.getvalue()}".encode())
        found = lay_out(path, ",", 2, Path(folder) / "regular.csv")
        numbers = np.arange(len(rows))
        picked = [cells for _, cells in records_at(path, ",", numbers)]
        regular = Path(folder, "regular.csv").read_bytes().decode()

    assert found.records == len(rows)
    assert found.irregular == {i: row for i, row in enumerate(rows) if len(row) != 2}
    assert picked == rows
    kept = list(csv.reader(io.StringIO(regular, newline="")))[1:]
    assert kept == [row for row in rows if len(row) == 2]


@pytest.mark.parametrize(
    "text", ['a,"b', 'a"b,c', '"a"b,c', ' "a",b', "a,b\rc,d", '"a" ,b']
)
def test_what_only_a_reader_can_tell_is_not_guessed(text: str, tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text(f"a,b\n{text}\n", "utf-8", newline="")

    with pytest.raises(Malformed):
        lay_out(path, ",", 2, None)


def test_survey_counts(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n1,2\n3,4")

    seen = survey(path, ",")

    assert (seen.lines, seen.delimiters, seen.quotes, seen.returns) == (
        3,
        3,
        False,
        False,
    )


def test_line_ends_of_two_kinds_are_not_guessed(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\r\n1,2\n3,4\r\n5,6\n")

    with pytest.raises(Malformed):
        survey(path, ",")
