"""A corrected cell reads as if it stood in the file; what it replaced must have stood there."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake import CleanTable, Correction, Declaration, Limits
from ckanext.gpo.intake.grid import Merge
from ckanext.gpo.intake.reader import clean, read

from ..sheets import ROW, ROW_2, TITLES, Grid, cells, table

NAMES = ["code", "name", "amount", "count", "day"]
LINES = [TITLES, ROW, ROW_2]


def _read(
    lines: list[list[Any]], folder: Path, *corrections: Correction, **grid: Any
) -> CleanTable:
    sheet = Grid("csv", iter(list(enumerate(lines, 1))), **grid)
    return clean(sheet, table(), Declaration(), folder, corrections=corrections)


def _codes(result: CleanTable) -> tuple[list[str], list[str]]:
    return [s.code for s in result.steps], [f.code for f in result.findings]


def test_a_correction_is_a_step_that_says_what_became_what(tmp_path: Path):
    correction = Correction(3, "amount", "8", "9.5", "clerk")

    result = _read(LINES, tmp_path, correction)

    assert cells(result)[1][2] == "9.5"
    (step,) = result.steps
    assert step.code == "cell-corrected"
    assert step.facts == {"before": "8", "after": "9.5", "by": "clerk"}
    (place,) = step.places
    assert (place.row, place.column, place.label) == (3, 3, "金额")


def test_later_corrections_of_a_cell_follow_earlier_ones(tmp_path: Path):
    result = _read(
        LINES,
        tmp_path,
        Correction(2, "day", "2026-03-05", "2026年3月6日", "one"),
        Correction(2, "day", "2026-03-06", "2026-03-07", "other"),
    )

    assert cells(result)[0][4] == "2026-03-07"
    assert _codes(result) == (["cell-corrected", "cell-corrected"], [])


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction(3, "amount", "7", "9", "clerk"), "correction-differs"),
        (Correction(1, "amount", "金额", "9", "clerk"), "correction-without-cell"),
        (Correction(9, "amount", "", "9", "clerk"), "correction-without-cell"),
        (Correction(2, "no", "", "9", "clerk"), "correction-without-cell"),
    ],
)
def test_what_does_not_stand_there_is_not_corrected(
    correction: Correction, code: str, tmp_path: Path
):
    result = _read(LINES, tmp_path, correction)

    assert cells(result) == [ROW, ROW_2]
    assert _codes(result) == ([], [code])


@pytest.mark.parametrize("before", [" XM2\u200b", "XM2", " XM2<U+200B>"])
def test_a_cell_is_known_as_it_stands_or_as_it_was_read(before: str, tmp_path: Path):
    lines = [TITLES, ROW, [" XM2\u200b", *ROW_2[1:]]]

    result = _read(lines, tmp_path, Correction(3, "code", before, "XM3", "clerk"))

    assert cells(result)[1][0] == "XM3"


def test_a_row_that_ends_early_is_filled_up(tmp_path: Path):
    lines = [TITLES, ROW, ROW_2[:4]]

    result = _read(lines, tmp_path, Correction(3, "day", "", "2026-03-06", "clerk"))

    assert cells(result)[1] == ROW_2


def test_a_mark_of_repetition_was_read_as_the_value_above(tmp_path: Path):
    lines = [TITLES, ROW, [ROW_2[0], "同上", *ROW_2[2:]]]

    result = _read(
        lines, tmp_path, Correction(3, "name", "示例工程", "示例道路", "clerk")
    )

    assert cells(result)[1] == ROW_2
    assert _codes(result) == (["cell-corrected"], [])


def test_a_corrected_cell_stands_for_itself_within_a_merged_one(tmp_path: Path):
    lines = [TITLES, ROW, [ROW_2[0], None, *ROW_2[2:]]]

    result = _read(
        lines,
        tmp_path,
        Correction(3, "name", "示例工程", "示例道路", "clerk"),
        typed=True,
        merges=[Merge(2, 2, 3, 2)],
    )

    assert cells(result)[1][1] == "示例道路"


def _csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def _tabbed(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(lines)
    return text.getvalue().encode("gb18030")


def _xlsx(lines: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_TEXTS = st.sampled_from(
    [
        "",
        "12",
        "１２",
        "1,200",
        "2026年3月5日",
        "26/3/5",
        "示例",
        " 甲 ",
        "同上",
        "(88)",
    ]
)


@given(
    write=st.sampled_from([_csv, _tabbed, _xlsx]),
    titles=st.integers(0, 2),
    row=st.integers(0, 2),
    column=st.integers(0, 4),
    wrong=_TEXTS,
    right=_TEXTS,
)
def test_a_correction_equals_a_file_mended_by_hand(
    write: Callable[[list[list[str]]], bytes],
    titles: int,
    row: int,
    column: int,
    wrong: str,
    right: str,
):
    body = [ROW, ROW_2, ["XM3", *ROW[1:]]]
    above = [["示例数据", *[""] * 4]] * titles
    faulty, mended = ([*above, TITLES, *map(list, body)] for _ in range(2))
    place = titles + 1 + row
    faulty[place][column] = wrong
    mended[place][column] = right
    correction = Correction(place + 1, NAMES[column], wrong, right, "clerk")

    corrected = _read_bytes(write(faulty), correction)

    assert corrected == _read_bytes(write(mended))


def _read_bytes(content: bytes, *corrections: Correction) -> tuple[Any, ...]:
    """Rows, steps and findings, without the steps of the corrections themselves."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "table")
        path.write_bytes(content)
        result = read(
            path, table(), Declaration(), Path(name), Limits(), corrections=corrections
        )
        steps = [step for step in result.steps if step.code != "cell-corrected"]
        return cells(result), steps, result.findings, result.row_offsets


def test_the_rows_read_so_far_are_told(tmp_path: Path):
    told: list[tuple[int, float]] = []
    lines = [TITLES, *[[f"XM{n}", *ROW[1:]] for n in range(2500)]]
    sheet = Grid("csv", iter(list(enumerate(lines, 1))))

    clean(
        sheet, table(), Declaration(), tmp_path, on_rows=lambda *one: told.append(one)
    )

    assert told == [(1000, 0), (2000, 0), (2500, 0)]
