"""XLS as xlwt writes it, and XLSB by its records."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlwt

from ckanext.gpo.intake.grid import DisplayedCell, Merge
from ckanext.gpo.intake.kinds import CODES
from ckanext.gpo.intake.steps import IntakeError, Place

from .reading import FILES, codes, open_grid, rewritten, table

LABELS = ["编号", "名称", "金额"]


@pytest.fixture
def book():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("2025年")
    for column, label in enumerate(LABELS):
        sheet.write(0, column, label)
    sheet.write(1, 0, 1, xlwt.easyxf(num_format_str="000"))
    sheet.write(1, 1, "甲")
    sheet.write(1, 2, date(2026, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 0, 320102199001011234)
    sheet.write(2, 1, "乙\r\n丙")
    sheet.write(2, 2, 0.1 + 0.2)
    sheet.write(3, 1, True)
    return book


def saved(book: xlwt.Workbook, folder: Path) -> Path:
    path = folder / "table.xls"
    book.save(str(path))
    return path


def test_cells_of_every_kind(book, tmp_path):
    grid, rows = open_grid(saved(book, tmp_path), tmp_path)
    assert table(rows) == [
        LABELS,
        [DisplayedCell(1, "001"), "甲", date(2026, 3, 5)],
        [320102199001011000, "乙\n丙", 0.3],
        [None, True],
    ]
    assert (grid.kind, grid.sheet) == ("xls", "2025年")
    assert codes(grid) == ["cell-line-breaks-joined", "digits-rounded"]


def test_what_is_hidden(book, tmp_path):
    sheet = book.get_sheet(0)
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    book.add_sheet("底稿").visibility = 1
    grid, _ = open_grid(saved(book, tmp_path), tmp_path)
    assert [f.code for f in grid.findings] == ["columns-hidden", "rows-hidden"]
    assert grid.steps[0].code == "sheets-hidden-ignored"


def test_merges(book, tmp_path):
    book.get_sheet(0).write_merge(5, 7, 0, 1, "合并")
    grid, _ = open_grid(saved(book, tmp_path), tmp_path)
    assert grid.merges == [Merge(6, 1, 8, 2)]


def test_days_from_1904(book, tmp_path):
    book.dates_1904 = True
    grid, rows = open_grid(saved(book, tmp_path), tmp_path)
    # xlwt wrote the day number of the other count
    assert rows[1][1][2] == date(2030, 3, 6)
    assert grid.steps[0].code == "dates-1904-read"


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_half_a_download(share, book, tmp_path):
    path = saved(book, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IntakeError, match="file-partial|file-damaged"):
        open_grid(path, tmp_path)


BLANK = struct.pack("<Q", 0xFFFF000000000003)
"""What a formula's record has for its value: a blank text."""


def add_formulas(book: xlwt.Workbook) -> None:
    sheet = book.get_sheet(0)
    sheet.write(3, 2, xlwt.Formula("SUM(A2:A3)"))
    sheet.write(4, 2, xlwt.Formula('IF(A2>0,"","否")'))


def test_formulas_that_nothing_calculated_are_held(book, tmp_path):
    add_formulas(book)
    grid, rows = open_grid(saved(book, tmp_path), tmp_path, allow=frozenset(CODES))
    assert table(rows[3:]) == [[None, True]]
    (finding,) = grid.findings
    assert (finding.code, finding.value) == ("formula-without-value", "=SUM(A2:A3)")
    assert finding.places == (Place("2025年", 4, 3), Place("2025年", 5, 3))


def test_formulas_with_a_blank_text_for_their_value_are_blank(book, tmp_path):
    add_formulas(book)
    path = saved(book, tmp_path)
    content = path.read_bytes()
    assert content.count(BLANK) == 2
    # The sum was calculated, so the other was too
    path.write_bytes(content.replace(BLANK, struct.pack("<d", 6.5), 1))
    grid, rows = open_grid(path, tmp_path)
    assert table(rows[3:]) == [[None, True, 6.5]]
    assert grid.findings == []


def test_an_engine_that_is_named_has_calculated(book, tmp_path):
    add_formulas(book)
    path = saved(book, tmp_path)
    content = path.read_bytes()
    # `RecalcId` in the place of two records of the same size that nobody misses
    place = content.index(struct.pack("<HH", 0x009C, 2))
    engine = struct.pack("<HHII", 0x01C1, 8, 0x01C1, 124_519)
    path.write_bytes(content[:place] + engine + content[place + len(engine) :])
    grid, _ = open_grid(path, tmp_path)
    assert grid.findings == []


# XLSB: no library writes it


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    size = (
        bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    )
    return head + size + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    flags = b"\0\0\0" + bytes([0x10 if hidden else 0]) + b"\0"
    head = struct.pack("<II", number, 0) + flags + struct.pack("<I", 0)
    return record(0, head) + b"".join(cells)


def string(column: int, text: str) -> bytes:
    return record(6, struct.pack("<II", column, 0) + wide(text))


def real(column: int, number: float, style: int = 0) -> bytes:
    return record(5, struct.pack("<IId", column, style, number))


def error(column: int, code: int) -> bytes:
    return record(3, struct.pack("<IIB", column, 0, code))


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
RELATION = (
    '<Relationship Id="{}" Target="{}" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{}"/>'
)


@pytest.fixture
def binary(tmp_path):
    rows = [
        row(0, *(string(i, label) for i, label in enumerate(LABELS))),
        row(1, real(0, 1, style=1), string(1, "甲"), real(2, 9.5)),
        row(2, real(0, 2, style=1), string(1, "乙"), error(2, 0x2A), hidden=True),
    ]
    sheet = (
        record(129)
        + record(148, struct.pack("<IIII", 0, 2, 0, 2))
        + record(390)
        + record(60, struct.pack("<IIIIH", 1, 1, 2560, 0, 1))
        + record(391)
        + record(145)
        + b"".join(rows)
        + record(146)
        + record(177, struct.pack("<I", 1))
        + record(176, struct.pack("<IIII", 1, 2, 0, 0))
        + record(178)
        + record(130)
    )
    styles = (
        record(278)
        + record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 164) + wide("000"))
        + record(616)
        + record(617, struct.pack("<I", 2))
        + record(47, struct.pack("<HHHHHBBHH", 0, 0, 0, 0, 0, 0, 0, 0, 0))
        + record(47, struct.pack("<HHHHHBBHH", 0, 164, 0, 0, 0, 0, 0, 0, 0))
        + record(618)
        + record(279)
    )
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表"))
        + record(144)
        + record(132)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": RELATIONS.format(
            RELATION.format("rId1", "xl/workbook.bin", "officeDocument")
        ),
        "xl/_rels/workbook.bin.rels": RELATIONS.format(
            RELATION.format("rId1", "worksheets/sheet1.bin", "worksheet")
            + RELATION.format("rId2", "styles.bin", "styles")
        ),
        "xl/workbook.bin": book,
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": sheet,
    }
    path = tmp_path / "table.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_binary_workbook(binary, tmp_path):
    grid, rows = open_grid(binary, tmp_path)
    assert (grid.kind, grid.sheet, grid.merges) == ("xlsb", "表", [Merge(2, 1, 3, 1)])
    assert table(rows) == [
        LABELS,
        [DisplayedCell(1, "001"), "甲", 9.5],
        [DisplayedCell(2, "002"), "乙", "#N/A"],
    ]
    assert [f.code for f in grid.findings] == [
        "columns-hidden",
        "error-values",
        "rows-hidden",
    ]


def test_comments_and_links_of_a_binary_workbook(binary, tmp_path):
    comments = record(628) + record(633) + record(635, bytes(36)) * 2 + record(634)
    links = {
        "xl/worksheets/_rels/sheet1.bin.rels": RELATIONS.format(
            RELATION.format("rId1", "../comments1.bin", "comments")
        ),
        "xl/comments1.bin": comments + record(629),
    }
    book = "xl/_rels/workbook.bin.rels"
    link = RELATION.format("rId3", "externalLinks/externalLink1.bin", "externalLink")
    end = "</Relationships>"
    path = rewritten(binary, lambda xml: xml.replace(end, link + end), book)
    with zipfile.ZipFile(path, "a") as archive:
        for name, content in links.items():
            archive.writestr(name, content)
    grid, _ = open_grid(path, tmp_path)
    assert [(s.code, s.count) for s in grid.steps] == [("comments-ignored", 2)]
    assert ("external-values", (Place("表"),)) in [
        (f.code, f.places) for f in grid.findings
    ]
    grid, _ = open_grid(path, tmp_path, allow=frozenset(CODES))
    assert "external-values" in [s.code for s in grid.steps]


def test_an_old_workbook_under_a_new_name(tmp_path):
    grid, _ = open_grid(FILES / "16_xls_renamed.xlsx", tmp_path)
    assert grid.kind == "xls"
