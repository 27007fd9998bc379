"""XLSX as openpyxl, XlsxWriter and others write it: what people see, and what is named."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from ckanext.gpo.intake import kinds
from ckanext.gpo.intake.grid import DisplayedCell, Merge
from ckanext.gpo.intake.steps import IntakeError, Place

from .reading import FILES, codes, open_grid, rewritten, table

LABELS = ["编号", "名称", "金额"]
ROWS = [LABELS, ["001", "甲", 9.5], ["002", "乙", 7], ["003", "丙", 12]]


@pytest.fixture
def book():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "table.xlsx"
    book.save(path)
    return path


def test_a_clean_workbook_needs_no_step(book, tmp_path):
    grid, rows = open_grid(saved(book, tmp_path), tmp_path)
    assert table(rows) == ROWS
    assert (grid.sheet, codes(grid), grid.typed) == ("Sheet", [], True)


def test_the_sheet_that_fits_is_read_and_the_others_are_named(book, tmp_path):
    for name in ("说明", "Sheet3"):
        book.create_sheet(name, 0)
    book["说明"].append(["填表说明"])
    grid, rows = open_grid(saved(book, tmp_path), tmp_path)
    assert table(rows) == ROWS
    assert [(s.code, s.facts) for s in grid.steps] == [
        ("sheet-chosen", {"sheet": "Sheet", "others": "说明"})
    ]


def test_sheets_that_fit_equally_are_named(book, tmp_path):
    copy = book.copy_worksheet(book.active)
    copy.title = "副本"
    with pytest.raises(IntakeError) as caught:
        open_grid(saved(book, tmp_path), tmp_path)
    assert caught.value.code == "sheets-equal"
    assert caught.value.facts == {"sheets": "Sheet、副本"}
    grid, _ = open_grid(saved(book, tmp_path), tmp_path, sheet=" 副本")
    assert grid.sheet == "副本"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_never_read(state, book, tmp_path):
    book.create_sheet("空表")
    book["Sheet"].sheet_state = state
    book.active = 1
    with pytest.raises(IntakeError) as caught:
        open_grid(saved(book, tmp_path), tmp_path)
    assert (caught.value.code, caught.value.facts) == (
        "sheet-hidden",
        {"sheets": "Sheet"},
    )
    with pytest.raises(IntakeError, match="sheet-hidden"):
        open_grid(saved(book, tmp_path), tmp_path, sheet="Sheet")
    with pytest.raises(IntakeError, match="sheet-missing"):
        open_grid(saved(book, tmp_path), tmp_path, sheet="2025年")


def test_sheets_none_of_which_fits(book, tmp_path):
    book.copy_worksheet(book.active)
    with pytest.raises(IntakeError, match="sheets-unfit"):
        open_grid(saved(book, tmp_path), tmp_path, fits=lambda rows: 0.0)


def test_filtered_rows(book, tmp_path):
    sheet = book.active
    sheet.auto_filter.ref = "A1:C4"
    sheet.auto_filter.add_filter_column(1, ["甲"])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    grid, rows = open_grid(saved(book, tmp_path), tmp_path)
    assert [(f.code, f.count) for f in grid.findings] == [("rows-filtered", 2)]
    assert len(rows) == 4


def test_hidden_rows_and_columns_without_content_are_no_news(book, tmp_path):
    book.active.column_dimensions["H"].hidden = True
    book.active.row_dimensions[9].hidden = True
    grid, _ = open_grid(saved(book, tmp_path), tmp_path)
    assert codes(grid) == []


def test_comments_are_counted(book, tmp_path):
    for place in ("A2", "B3"):
        book.active[place].comment = Comment("待核实", "示例")
    grid, _ = open_grid(saved(book, tmp_path), tmp_path)
    assert [(s.code, s.count) for s in grid.steps] == [("comments-ignored", 2)]


def test_merges(book, tmp_path):
    book.active.merge_cells("B2:B4")
    book.active.merge_cells("A5:C5")
    grid, _ = open_grid(saved(book, tmp_path), tmp_path)
    assert sorted(grid.merges, key=lambda m: m.first_row) == [
        Merge(2, 2, 4, 2),
        Merge(5, 1, 5, 3),
    ]


def test_formulas_errors_and_other_workbooks(tmp_path):
    path = tmp_path / "table.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, LABELS)
    sheet.write_formula(1, 2, "=1+1", value=2)
    sheet.write_formula(2, 2, "=[1]上年!C3", value=3)
    sheet.write_formula(3, 2, "=1/0", value="#DIV/0!")
    book.close()
    grid, rows = open_grid(path, tmp_path)
    assert [cells[2:] for _, cells in rows[1:]] == [[2], [3], ["#DIV/0!"]]
    held = {f.code: (f.places[0].row, f.value) for f in grid.findings}
    assert held == {"external-values": (3, "3"), "error-values": (4, "#DIV/0!")}
    allow = frozenset({"external-values", "error-values"})
    grid, rows = open_grid(path, tmp_path, allow=allow)
    assert (grid.findings, rows[-1][0]) == ([], 3)


def test_formulas_without_values_are_held_whatever_is_allowed(book, tmp_path):
    book.active["C5"] = "=SUM(C2:C4)"
    allow = frozenset(kinds.CODES)
    grid, _ = open_grid(saved(book, tmp_path), tmp_path, allow=allow)
    (finding,) = grid.findings
    assert (finding.code, finding.value) == ("formula-without-value", "=SUM(C2:C4)")
    assert finding.places == (Place("Sheet", 5, 3),)


def test_digits_as_they_are_shown_and_as_they_are_stored(book, tmp_path):
    sheet = book.active
    sheet.append([0.25, 12, 45678])
    sheet["B5"].number_format = "0000"
    sheet["C5"].number_format = "yyyy-mm-dd"
    path = rewritten(
        saved(book, tmp_path),
        lambda xml: xml.replace("<v>7</v>", f"<v>{'1234567890' * 2}</v>").replace(
            "<v>0.25</v>", "<v>0.30000000000000004</v>"
        ),
    )
    grid, rows = open_grid(path, tmp_path)
    assert list(rows[4][1]) == [0.3, DisplayedCell(12, "0012"), date(2025, 1, 21)]
    assert rows[2][1][2] == 12345678901234567890
    assert codes(grid) == ["digits-rounded"]


def test_a_million_blank_rows(book, tmp_path):
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(5, 30_005))
    path = rewritten(
        saved(book, tmp_path),
        lambda xml: xml.replace(
            "</sheetData>", blank + '<row r="1048576"/></sheetData>'
        ),
    )
    grid, rows = open_grid(path, tmp_path)
    assert len(rows) == 4
    assert [(s.code, s.count) for s in grid.steps] == [("blank-range-ignored", 30_001)]


def test_rows_without_cells_and_rows_without_end(book, tmp_path):
    blank = "".join(
        f'<row r="{n}" ht="20" customHeight="1"/>' for n in range(5, 200_005)
    )
    path = rewritten(
        saved(book, tmp_path),
        lambda xml: xml.replace("</sheetData>", blank + "</sheetData>"),
    )
    grid, rows = open_grid(path, tmp_path)
    assert (len(rows), grid.steps[0].count) == (4, 200_000)
    path = rewritten(
        saved(book, tmp_path),
        lambda xml: xml.replace("</sheetData>", "<row>" + "甲" * (6 << 20)),
    )
    limits = kinds.Limits(record=1 << 20, ratio_from=1 << 30)
    with pytest.raises(IntakeError, match="record-too-long"):
        open_grid(path, tmp_path, limits=limits)


def test_a_far_cell_costs_nothing(book, tmp_path):
    book.active.cell(1_048_576, 3, "远处")
    _, rows = open_grid(saved(book, tmp_path), tmp_path)
    assert [number for number, _ in rows] == [1, 2, 3, 4, 1_048_576]
    book.active.cell(1_048_576, 16_384, "更远处")
    with pytest.raises(IntakeError, match="columns-too-many"):
        open_grid(saved(book, tmp_path), tmp_path)


SPELLINGS = {
    "prefixed": lambda xml: re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace(
        "xmlns=", "xmlns:x="
    ),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "style first": lambda xml: re.sub(
        r'<c r="(\w+)"([^/>]*)(/?)>', r'<c\2 r="\1"\3>', xml
    ),
    "no places": lambda xml: re.sub(r'<(c|row) r="\w+"', r"<\1", xml),
    "line breaks": lambda xml: xml.replace("><", ">\n<"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_of_the_markup_is_read_alike(spelling, book, tmp_path):
    book.active.append(["甲&乙<丙>", "丁", True])
    path = saved(book, tmp_path)
    change = SPELLINGS[spelling]
    _, rows = open_grid(rewritten(path, change), tmp_path)
    assert table(rows) == [*ROWS, ["甲&乙<丙>", "丁", True]]


def test_texts_in_runs_with_their_reading(tmp_path):
    path = tmp_path / "table.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_row(0, 0, ["甲", "乙", "甲"])
    book.close()
    item = (
        "<si><r><t>天</t></r><r><t xml:space='preserve'> 宁</t></r>"
        "<rPh sb='0' eb='1'><t>TN</t></rPh></si>"
    )
    path = rewritten(
        path,
        lambda xml: xml.replace("<si><t>甲</t></si>", item),
        "xl/sharedStrings.xml",
    )
    _, rows = open_grid(path, tmp_path)
    assert table(rows) == [["天 宁", "乙", "天 宁"]]


@given(
    rows=st.lists(
        st.lists(
            st.none()
            | st.booleans()
            | st.integers(-(10**14), 10**14)
            | st.floats(-1e9, 1e9).map(lambda x: float(f"{x:.12g}"))
            | st.dates(date(1900, 3, 1), date(9999, 12, 31))
            | st.text(
                st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_is_read(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    path = folder / "table.xlsx"
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(r, c, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(r, c, cell)
            elif cell is not None:
                sheet.write(r, c, cell)
    book.close()
    grid, read = open_grid(path, folder)
    filled = {
        number: list(cells)
        for number, cells in read
        if any(c is not None for c in cells)
    }
    expected = {
        number: row[: max(i for i, c in enumerate(row, 1) if c is not None)]
        for number, row in enumerate(rows, 1)
        if any(c is not None for c in row)
    }
    assert filled == expected
    assert codes(grid) == []


def test_bombs_are_refused_before_they_unpack(tmp_path):
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(FILES / "00_clean.xlsx") as clean:
            for info in clean.infolist():
                archive.writestr(info.filename, clean.read(info))
        archive.writestr("xl/media/image1.bin", b"\0" * (4 << 20))
    limits = kinds.Limits(ratio_from=1 << 20)
    with pytest.raises(IntakeError, match="unpacked-ratio"):
        open_grid(path, tmp_path, limits=limits)
    with pytest.raises(IntakeError, match="unpacked-too-large"):
        open_grid(path, tmp_path, limits=kinds.Limits(unpacked=1 << 20))
    with pytest.raises(IntakeError, match="archive-members"):
        open_grid(path, tmp_path, limits=kinds.Limits(members=3))


def test_entities_are_refused(book, tmp_path):
    path = rewritten(
        saved(book, tmp_path),
        lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml,
    )
    with pytest.raises(IntakeError, match="xml-entities"):
        open_grid(path, tmp_path)


@pytest.mark.parametrize("share", [0.2, 0.6, 0.99])
def test_half_a_download(share, book, tmp_path):
    path = saved(book, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IntakeError, match="file-partial"):
        open_grid(path, tmp_path)


def test_rows_that_look_alike_are_read_as_any_others(tmp_path):
    path = tmp_path / "table.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    zeros, day = (book.add_format({"num_format": f}) for f in ("000", "yyyy-mm-dd"))
    expected = []
    for n in range(60):
        sheet.write(n, 0, n, zeros)
        sheet.write(n, 1, f"示例{n % 7}" if n != 50 else "换\r行")
        sheet.write(n, 2, 45000 + n, day)
        sheet.write_blank(n, 3, None, zeros)
        if n % 3:
            sheet.write(n, 4 + n % 2, n / 4)
        shown = n if n > 99 else DisplayedCell(n, f"{n:03}")
        expected.append([shown, "换\n行" if n == 50 else f"示例{n % 7}"])
    book.close()
    grid, rows = open_grid(path, tmp_path)
    assert [list(cells[:2]) for _, cells in rows] == expected
    assert [(s.code, s.places[0]) for s in grid.steps] == [
        ("escapes-read", Place("Sheet1", 51, 2))
    ]
    # Cell by cell, by the slower expression
    _, others = open_grid(rewritten(path, SPELLINGS["prefixed"]), tmp_path)
    assert rows == others
