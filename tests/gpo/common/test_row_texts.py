"""Parts of texts are found in the rows that have them, and in no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ckanext.gpo.common import duck, row_texts
from ckanext.gpo.common.row_texts import Part, RowTexts

Rows = Sequence[tuple[str | None, str | None]]
Written = Callable[[Rows], RowTexts]

FIELDS = {"name": "c0", "note": "c1"}
LETTERS = "红梅街道\n\r\t \"'\\,%_\x01\u3000é🀄ab"
CELLS = st.one_of(st.none(), st.text(LETTERS, max_size=4))
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=12)
PARTS = st.builds(
    Part,
    st.text(LETTERS, min_size=1, max_size=3),
    st.sampled_from([("name",), ("note",), ("name", "note"), ()]),
)


def check() -> None:
    """Nothing is wrong."""


@pytest.fixture
def written(tmp_path: Path) -> Written:
    number = 0

    def write(rows: Rows) -> RowTexts:
        nonlocal number
        number += 1
        path = tmp_path / f"{number}.texts"
        with duck.connect(tmp_path) as connection:
            connection.execute(
                "CREATE TABLE rows (place INTEGER, c0 VARCHAR, c1 VARCHAR)"
            )
            if rows:
                connection.executemany(
                    "INSERT INTO rows VALUES (?, ?, ?)",
                    [(place, *row) for place, row in enumerate(rows)],
                )
            row_texts.write(connection, "rows", FIELDS, path)
        return row_texts.read(path)

    return write


def slowly(rows: Rows, parts: Sequence[Part]) -> list[int]:
    return [
        place
        for place, row in enumerate(rows)
        if all(
            any(
                part.text in (dict(zip(FIELDS, row, strict=True))[name] or "")
                for name in part.fields
            )
            for part in parts
        )
    ]


@pytest.mark.parametrize("block", [2, 5, row_texts.BLOCK])
@pytest.mark.parametrize("few", [0, 100])
def test_the_rows_that_a_loop_finds(
    written: Written, monkeypatch: pytest.MonkeyPatch, block: int, few: int
):
    monkeypatch.setattr(row_texts, "BLOCK", block)
    monkeypatch.setattr(row_texts, "_FEW", few)

    @given(rows=TABLES, parts=st.lists(PARTS, min_size=1, max_size=3))
    @example(rows=[("红", "梅"), ("红", "梅")], parts=[Part("红梅", ("name", "note"))])
    @example(rows=[("一", None), ("\n", None)], parts=[Part("\n", ("name",))])
    @example(rows=[("", ""), (None, None)], parts=[Part("\n", ("name",))])
    @example(rows=[("\n红", ""), ("红\n", "")], parts=[Part("红\n", ("name",))])
    def check_table(rows: Rows, parts: list[Part]) -> None:
        texts = written(rows)
        matches = texts.find(parts, 100, check)
        expected = slowly(rows, parts)
        assert matches.rows.tolist() == expected
        assert (matches.count, matches.is_exact) == (len(expected), True)
        assert matches.is_complete

    check_table()


@given(most=st.integers(0, 8), hits=st.integers(0, 8), is_counted=st.booleans())
def test_no_more_are_named_than_asked(
    tmp_path_factory: pytest.TempPathFactory, most: int, hits: int, is_counted: bool
):
    folder = tmp_path_factory.mktemp("texts")
    with duck.connect(folder) as connection:
        connection.execute(
            f"CREATE TABLE rows AS SELECT CASE WHEN i < {hits} THEN '梅' END AS c0"
            " FROM range(9) t(i)"
        )
        row_texts.write(connection, "rows", {"name": "c0"}, folder / "rows.texts")
    texts = row_texts.read(folder / "rows.texts")
    part = Part("梅", ("name",))
    matches = texts.find([part], most, check, is_counted=is_counted)
    assert matches.is_complete == (hits <= most or (is_counted and hits == most + 1))
    assert len(matches.rows) == min(hits, most + 1)
    assert matches.count == (hits if is_counted else min(hits, most + 1))


def test_capitals_are_small_letters(written: Written):
    texts = written([("ABC", "é"), ("abc", "É")])
    assert (
        texts.find([Part("abc", ("name",)), Part("é", ("note",))], 9, check).count == 2
    )


def test_a_table_without_texts(tmp_path: Path):
    with duck.connect(tmp_path) as connection:
        connection.execute("CREATE TABLE rows AS SELECT * FROM range(5)")
        row_texts.write(connection, "rows", {}, tmp_path / "rows.texts")
    texts = row_texts.read(tmp_path / "rows.texts")
    assert (texts.count, texts.fields) == (5, frozenset())
    assert texts.find([Part("x", ())], 9, check).rows.tolist() == []


def test_what_runs_out_of_time_ends(written: Written):
    def late() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        written([("a", "b")]).find([Part("a", ("name",))], 9, late)


@pytest.mark.parametrize("cell", ["\0", "a\0\nb", "\n\0"])
def test_a_cell_with_a_nul_is_refused(written: Written, cell: str):
    with pytest.raises(ValueError, match="NUL"):
        written([(cell, "")])


@pytest.mark.parametrize("content", [b"x", b"x" * 99])
def test_another_file_is_none(tmp_path: Path, content: bytes):
    path = tmp_path / "other.texts"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="no texts of rows"):
        row_texts.read(path)


def test_long_cells_are_cut_nowhere(written: Written, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(row_texts, "_PIECE", 7)
    rows = [("红梅" * size, "\n" * size) for size in range(30)]
    texts = written(rows)
    for size in (1, 7, 29):
        part = Part("红梅" * size, ("name",))
        assert texts.find([part], 99, check).rows.tolist() == list(range(size, 30))
        part = Part("\n" * size, ("note",))
        assert texts.find([part], 99, check).rows.tolist() == list(range(size, 30))


def test_places_beyond_four_gibibytes_have_eight_bytes():
    ends = np.array([2**32, 2**32 + 1])
    assert ends.astype(row_texts.width(2**32 + 2)).tolist() == ends.tolist()
    assert row_texts.width(2**32 - 1) == "<u4"
