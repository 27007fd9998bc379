"""Which table a file is of, by its columns, however an office writes the header. 示例数据."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake import IntakeError, Limits, TableMatch, recognize

from .sheets import FIELDS, ROW, TITLES, table

PROJECTS = table()
OTHERS = table([*FIELDS[:2], *({"name": f"x{n}", "title": f"其他{n}"} for n in "123")])
STRANGE = table([{"name": "a", "title": "甲"}, {"name": "b", "title": "乙"}])


def _matches(
    path: Path, *tables: Table, folder: Path | None = None
) -> list[TableMatch]:
    return recognize(path, tables, folder or path.parent, Limits())


def _csv(folder: Path, *lines: list[str]) -> Path:
    path = folder / "file"
    path.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    return path


def test_the_best_match_comes_first_and_says_why(tmp_path: Path):
    path = _csv(tmp_path, [*TITLES[:4], "负责人"], [*ROW[:4], "某"])

    best, *rest = _matches(path, STRANGE, OTHERS, PROJECTS)

    assert best.table is PROJECTS
    assert best.present == ("code", "name", "amount", "count")
    assert best.missing == ("day",)
    assert best.others == ("负责人",)
    assert best.share == 0.8
    assert rest == []


def test_titles_synonyms_and_units_are_known(tmp_path: Path):
    header = ["项目编号", "工程名称", "金额（万元）", "数 量", "*批准日期"]
    path = _csv(tmp_path, ["2025年项目表（示例数据）"], [], header, ROW)

    (match,) = _matches(path, PROJECTS)

    assert (match.missing, match.others) == ((), ())


def test_a_header_of_two_levels_is_known(tmp_path: Path):
    book = openpyxl.Workbook()
    for line in (
        ["项目", None, "金额", "数量", "批准日期"],
        ["项目编号", "项目名称", None, None, None],
        ROW,
    ):
        book.active.append(line)
    book.active.merge_cells("A1:B1")
    path = tmp_path / "book"
    book.save(path)

    (match,) = _matches(path, STRANGE, PROJECTS)

    assert match.present[:2] == ("code", "name")


def test_equal_matches_are_told_apart_by_columns_of_nobody(tmp_path: Path):
    narrow = table(FIELDS[:4])
    path = _csv(tmp_path, TITLES, ROW)

    matches = _matches(path, narrow, PROJECTS)

    assert [match.table for match in matches] == [PROJECTS, narrow]
    assert matches[1].others == ("批准日期",)


def test_a_file_of_no_table_has_no_match(tmp_path: Path):
    assert _matches(_csv(tmp_path, ["x", "y"], ["1", "2"]), PROJECTS, OTHERS) == []
    assert _matches(_csv(tmp_path, TITLES, ROW)) == []


def test_what_cannot_be_read_says_so(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))

    with pytest.raises(IntakeError):
        _matches(path, PROJECTS)
