"""Rows that look alike are read at once, and come out as if read cell by cell."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.intake import Declaration, IntakeError, Limits
from ckanext.gpo.intake.grid import Block
from ckanext.gpo.intake.kinds import open_file
from ckanext.gpo.intake.kinds.workbook import cells

from tests.gpo.intake.kinds.reading import FILES, count_cells, open_grid

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOKS = sorted(path.name for path in FILES.glob("*.xls[xm]"))


def read(path: Path, folder: Path, alike: int) -> Any:
    """All that a workbook gives, or why it is refused; `alike`: see `cells.ALIKE`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "ALIKE", alike)
        try:
            grid, rows = open_grid(path, folder)
        except IntakeError as err:
            return err.code, err.place, err.facts
        typed = [(number, [(type(cell), cell) for cell in row]) for number, row in rows]
        return typed, grid.steps, grid.findings


def both_ways(path: Path, folder: Path) -> tuple[Any, Any]:
    return read(path, folder, 1), read(path, folder, 1 << 30)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks_of_offices(name, tmp_path):
    at_once, cell_by_cell = both_ways(FILES / name, tmp_path)
    assert at_once == cell_by_cell


def test_no_cell_of_a_plain_row_is_read_by_itself(tmp_path, monkeypatch):
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "名称", "金额"])
        for number in range(1, 61):
            sheet.write_row(number, 0, [f"XM{number}", number / 4])
            sheet.write_formula(number, 2, "=B2*2", value=number)
            if number % 3:
                sheet.write(number, 3, "有")
    by_themselves: list[int] = []
    read_row = cells.CellReader._cells

    def watched(reader: cells.CellReader, number: int, body: str):
        by_themselves.append(number)
        return read_row(reader, number, body)

    monkeypatch.setattr(cells.CellReader, "_cells", watched)
    _, rows = open_grid(path, tmp_path)
    assert [(number, list(row)) for number, row in rows[58:]] == [
        (59, ["XM58", 14.5, 58, "有"]),
        (60, ["XM59", 14.75, 59, "有"]),
        (61, ["XM60", 15, 60]),
    ]
    assert set(by_themselves) == {1}


@pytest.mark.parametrize("step", [1, 0.25])
def test_plain_rows_come_in_blocks(step, tmp_path):
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "金额"])
        for number in range(1, 101):
            sheet.write_row(number, 0, [f"XM{number}", number * step])
    grid = open_file(path, Declaration(), Limits(), tmp_path, count_cells)
    header, block = grid.stream
    assert not isinstance(header, Block)
    assert isinstance(block, Block)
    assert block.numbers == list(range(2, 102))


STRINGS = "<sst><si><t>甲</t></si><si><t>乙_x000D_丙</t></si><si><t/></si></sst>"
FORMS = {
    '<c r="{}" s="1"><v>VALUE</v></c>': (
        *("7", "1234.5", "0.30000000000000004", "1E+17", "320102199001011234"),
        *("12345678901234567.5", "-0.0", "很多", "甲&amp;乙", ""),
    ),
    '<c r="{}" s="2"><v>VALUE</v></c>': ("45000", "45000.5", "60", "-1", "某日"),
    '<c r="{}"><f>VALUE</f><v>8</v></c>': ("A1*2", "[1]上年!C3"),
    '<c r="{}" t="s"><v>VALUE</v></c>': ("0", "1", "2", "9"),
    '<c r="{}" t="inlineStr"><is><t>VALUE</t></is></c>': (
        *("天宁", "甲&amp;乙", "甲&#13;乙", "乙_x000D_丙", ""),
    ),
    '<c r="{}" t="b"><v>VALUE</v></c>': ("1", "0"),
}
"""What the cells of a column look like, and what may stand in them: plain values first."""

ODD = (
    "",
    '<c r="{}"/>',
    '<c r="{}" s="1"/>',
    '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}" t="str"><v>甲&amp;乙</v></c>',
    '<c r="{}" t="str"><f>A1</f><v></v></c>',
    '<c r="{}" s="1"><f>A1*2</f><v>8</v></c>',
    '<c r="{}"><f t="shared" si="0"/><v>9</v></c>',
    '<c r="{}"><f>[1]上年!C3</f><v>9</v></c>',
    '<c r="{}"><f>A1*2</f></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>天</t></r><r><t>宁</t></r></is></c>',
    '<c s="1" r="{}"><v>7</v></c>',
    '<c s="1"><v>7</v></c>',
    "<c r='{}' s='1'><v>7</v></c>",
    '\n<c r="{}" s="1">\n<v>7</v></c>',
)
"""Cells of other forms, or none at all."""

HEADS = ("", ' spans="1:4"', ' ht="20"', ' hidden="1"', " hidden='1'")


def values(form: str) -> st.SearchStrategy[str]:
    return st.just(FORMS[form][0]) | st.sampled_from(FORMS[form])


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Rows of columns that look alike, but for some cells, and some rows of their own."""
    forms = draw(st.lists(st.sampled_from(list(FORMS)), min_size=1, max_size=4))
    rows: list[str] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        row = [
            draw(st.sampled_from(ODD))
            if draw(st.integers(0, 9)) == 9
            else form.replace("VALUE", draw(values(form)))
            for form in forms
        ]
        if draw(st.integers(0, 9)) == 0:
            row = draw(st.permutations(row))
        names = [f"{chr(65 + column)}{number}" for column in range(len(row))]
        body = "".join(map(str.format, row, names))
        head = draw(st.sampled_from(HEADS)) if draw(st.integers(0, 4)) == 0 else ""
        rows.append(f'<row r="{number}"{head}>{body}</row>')
        if draw(st.integers(0, 9)) == 0:
            rows.append(f'<row r="{number}" ht="20"/>')
    return "".join(rows)


def styled(path: Path) -> Path:
    """A workbook with two styles of its own: 1 for amounts, 2 for days."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, code in enumerate(("#,##0.00", "yyyy-mm-dd")):
            style = book.add_format({"num_format": code})
            sheet.write(0, column, "标题", style)
    return path


@given(sheets())
def test_any_markup(tmp_path_factory, markup):
    folder = tmp_path_factory.mktemp("sheet")
    base = styled(folder / "base.xlsx")
    path = folder / "table.xlsx"
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == SHEET:
                start, end = content.index("<row"), content.rindex("</sheetData>")
                content = content[:start] + markup + content[end:]
            if name == "xl/sharedStrings.xml":
                content = STRINGS
            target.writestr(name, content)
    at_once, cell_by_cell = both_ways(path, folder)
    assert at_once == cell_by_cell
