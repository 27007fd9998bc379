"""Every file of `files/`, through the one door: what it is, what is named, what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from ckanext.gpo.intake.grid import DisplayedCell
from ckanext.gpo.intake.steps import IntakeError, Place

from .reading import FILES, open_grid


@dataclass(frozen=True)
class Read:
    kind: str
    rows: int
    steps: str = ""
    held: str = ""


@dataclass(frozen=True)
class Refused:
    code: str
    line: int | None = None


OUTCOMES: dict[str, Read | Refused] = {
    "00_clean.csv": Read("csv", 4),
    "00_clean.xlsx": Read("xlsx", 4),
    "01_two_row_merged_header.xlsx": Read("xlsx", 7),
    "02_merged_data.xlsx": Read("xlsx", 4),
    "02b_merged_across.xlsx": Read("xlsx", 4),
    "03_totals.xlsx": Read("xlsx", 5),
    "03b_totals_in_2nd_column.xlsx": Read("xlsx", 5),
    "03c_page_subtotal.xlsx": Read("xlsx", 7),
    "04_footnote.xlsx": Read("xlsx", 6),
    "05_hidden_first_sheet.xlsx": Read("xlsx", 4, steps="sheets-hidden-ignored"),
    "05b_hidden_row_and_column.xlsx": Read(
        "xlsx", 4, held="columns-hidden rows-hidden"
    ),
    "06_formulas_cached.xlsx": Read("xlsx", 4),
    "07_formulas_not_cached.xlsx": Read("xlsx", 4, held="formula-without-value"),
    "08_dates.csv": Read("csv", 16),
    "08_dates.xlsx": Read("xlsx", 16),
    "08b_date_1904.xlsx": Read("xlsx", 4, steps="dates-1904-read"),
    "08c_date_with_time_and_1900.xlsx": Read("xlsx", 4),
    "09_numbers_as_text.csv": Read("csv", 16),
    "09_numbers_as_text.xlsx": Read("xlsx", 16),
    "10_codes_as_numbers.xlsx": Read("xlsx", 4),
    "10c_codes_after_csv_export.csv": Read("csv", 4, steps="encoding-read"),
    "11_percent_format.xlsx": Read("xlsx", 4),
    "11b_percent_text.xlsx": Read("xlsx", 4),
    "12_negative_parentheses.xlsx": Read("xlsx", 4),
    "12b_negative_accounting.xlsx": Read("xlsx", 4),
    "13_wan_in_header.xlsx": Read("xlsx", 4),
    "13b_unit_in_title_row.xlsx": Read("xlsx", 6),
    "14_error_values.xlsx": Read("xlsx", 4, held="error-values"),
    "15_used_range_far_cell.xlsx": Read("xlsx", 4),
    "15c_trailing_space_column.xlsx": Read("xlsx", 5),
    "16_xls_renamed.xlsx": Read("xls", 4),
    "17_html_table.xls": Read("html", 4, steps="encoding-read"),
    "18_utf16_tab.csv": Read("csv", 4, steps="encoding-read delimiter-read"),
    "18b_utf16_comma.csv": Read("csv", 4, steps="encoding-read"),
    "18c_utf16_no_bom.csv": Read("csv", 4, steps="encoding-read"),
    "19_gb18030_rare.csv": Read("csv", 4, steps="encoding-read"),
    "20_quoted_newlines.csv": Read("csv", 4, steps="cell-line-breaks-joined"),
    "21_semicolon.csv": Read("csv", 4, steps="delimiter-read"),
    "21b_tab.csv": Read("csv", 4, steps="delimiter-read"),
    "21c_mixed_delimiters.csv": Refused("delimiter-mixed", line=3),
    "21d_fullwidth_comma.csv": Read("csv", 4, steps="delimiter-read"),
    "22_bom_in_middle.csv": Read("csv", 5, steps="byte-order-mark-ignored"),
    "22b_double_bom.csv": Read("csv", 4, steps="byte-order-mark-ignored"),
    "23_cp1252.csv": Refused("encoding-implausible"),
    "23b_cp1252_even.csv": Refused("encoding-implausible"),
    "23c_big5.csv": Refused("encoding-implausible"),
    "23d_shift_jis.csv": Refused("encoding-implausible"),
    "23e_utf8_one_bad_byte.csv": Refused("encoding-damaged", line=3),
    "23f_utf8_cut_off.csv": Refused("encoding-damaged", line=3),
    "23g_double_encoded.csv": Refused("encoding-twice"),
    "23h_replacement_char.csv": Read("csv", 3),
    "24_zip_gbk_name.zip": Read("csv", 4, steps="zip-unpacked"),
    "24b_zip_csv_and_macosx.zip": Read(
        "csv", 4, steps="archive-litter-ignored zip-unpacked"
    ),
    "24c_zip_xlsx_inside.zip": Read("xlsx", 4, steps="zip-unpacked"),
    "24d_zip_csv_and_readme.zip": Read(
        "csv", 4, steps="archive-readme-ignored zip-unpacked"
    ),
    "25_password.xlsx": Refused("file-password"),
    "26_wps.et": Read("xls", 4),
    "27_libreoffice.ods": Read("ods", 4),
    "28_cr_only.csv": Read("csv", 4, steps="line-ends-read"),
    "28b_cr_in_header_cell.csv": Read("csv", 4, steps="cell-line-breaks-joined"),
    "28c_header_cell_quoted_newline.csv": Read("csv", 4),
    "28d_crcrlf.csv": Read("csv", 4, steps="line-ends-read"),
    "29_json_pretty.json": Read("json", 4),
    "29c_ndjson.ndjson": Read("ndjson", 4),
    "30_first_row_empty.xlsx": Read("xlsx", 5),
    "30b_title_row.csv": Read("csv", 5, steps="encoding-read"),
    "30c_title_row_no_padding.csv": Read("csv", 5, steps="encoding-read"),
    "31_spreadsheetml.xls": Read("spreadsheetml", 4),
    "32_header_breaks_and_spaces.xlsx": Read("xlsx", 4),
    "33_second_table_below.xlsx": Read("xlsx", 8),
    "33b_two_tables_side_by_side.xlsx": Read("xlsx", 4),
    "34_invisible_characters.xlsx": Read("xlsx", 4, steps="escapes-read"),
    "35_key_differs_by_space.xlsx": Read("xlsx", 4),
    "36_code_became_date.xlsx": Read("xlsx", 4),
    "38_lone_cr_in_quoted_cell.csv": Read("csv", 3, steps="cell-line-breaks-joined"),
    "38b_x000D_in_cell.xlsx": Read("xlsx", 4, steps="escapes-read"),
    "38c.csv": Read("csv", 3, steps="cell-line-breaks-joined"),
    "38e_ok.csv": Read("csv", 3, steps="cell-line-breaks-joined"),
    "control.csv": Read("csv", 6, steps="cell-line-breaks-joined"),
    "cr.csv": Read("csv", 6, steps="line-ends-read"),
    "cut.csv": Refused("encoding-damaged", line=6),
    "cut2-even.csv": Refused("encoding-damaged", line=6),
    "ditto.csv": Read("csv", 6),
    "encrypted.xlsx": Refused("file-partial"),
    "epoch1904.xlsx": Read("xlsx", 2, steps="dates-1904-read"),
    "first-40-rows-only.csv": Read("csv", 43, steps="encoding-read"),
    "formatted-blank.xlsx": Read("xlsx", 6),
    "formulas.csv": Read("csv", 6),
    "gbk-name.zip": Read("csv", 6, steps="zip-unpacked encoding-read"),
    "header-lf.csv": Read("csv", 6),
    "header-lf.xlsx": Read("xlsx", 6),
    "header-unit.csv": Read("csv", 6),
    "hidden-rows.xlsx": Read("xlsx", 6, held="columns-hidden rows-hidden"),
    "html.xls": Read("html", 6),
    "id-number.csv": Read("csv", 6),
    "kinds.xlsx": Read("xlsx", 10),
    "long.xlsx": Read("xlsx", 6, steps="digits-rounded"),
    "mac.zip": Read("csv", 6, steps="archive-litter-ignored zip-unpacked"),
    "merged.xlsx": Read("xlsx", 6),
    "no-cache-optional.xlsx": Read("xlsx", 6, held="formula-without-value"),
    "no-cache-required.xlsx": Read("xlsx", 6, held="formula-without-value"),
    "one-bad-byte.csv": Refused("encoding-damaged", line=4),
    "pair.csv": Refused("quote-unclosed", line=3),
    "pua.csv": Read("csv", 6),
    "semicolon.csv": Read("csv", 6, steps="delimiter-read"),
    "spaces.csv": Read("csv", 6),
    "t.ods": Refused("file-empty"),
    "tab.csv": Read("csv", 6, steps="delimiter-read"),
    "total-in-name.csv": Read("csv", 7, steps="encoding-read"),
    "trailing-comma.csv": Read("csv", 8),
    "unclosed-titles.csv": Refused("quote-unclosed", line=5),
    "unclosed.csv": Refused("quote-unclosed", line=5),
    "unit-万元.csv": Read("csv", 8, steps="encoding-read"),
    "unit-元.csv": Read("csv", 8, steps="encoding-read"),
    "x000D.xlsx": Read("xlsx", 6, steps="escapes-read"),
    "xmlss.xls": Refused("file-empty"),
    "zeros.xlsx": Read("xlsx", 6),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_outcome(name, tmp_path):
    assert outcome(FILES / name, tmp_path) == OUTCOMES[name]


def outcome(path: Path, folder: Path) -> Read | Refused:
    try:
        grid, rows = open_grid(path, folder)
    except IntakeError as err:
        return Refused(err.code, err.place.row)
    steps = " ".join(step.code for step in grid.steps)
    held = " ".join(finding.code for finding in grid.findings)
    return Read(grid.kind, len(rows), steps, held)


def test_no_file_is_without_its_outcome():
    assert {path.name for path in FILES.iterdir()} - {"README.md"} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("zeros.xlsx", 2, 2, DisplayedCell(1, "001")),
        ("x000D.xlsx", 2, 14, "第一行\n第二行"),
        ("38b_x000D_in_cell.xlsx", 2, 2, "甲\n乙"),
        ("38b_x000D_in_cell.xlsx", 3, 2, "丙\n丁"),
        ("38c.csv", 2, 2, "甲\n乙"),
        ("28b_cr_in_header_cell.csv", 1, 7, "完成\n率"),
        ("long.xlsx", 2, 14, 110101199003071200),
        ("epoch1904.xlsx", 2, 13, date(2026, 7, 20)),
        ("08b_date_1904.xlsx", 2, 6, date(2026, 3, 5)),
        ("kinds.xlsx", 2, 13, datetime.fromisoformat("2026-07-20T13:05")),
        (
            "08c_date_with_time_and_1900.xlsx",
            4,
            6,
            datetime.fromisoformat("1900-02-28"),
        ),
        ("11_percent_format.xlsx", 2, 7, DisplayedCell(0.5, "50.0%")),
        ("12b_negative_accounting.xlsx", 2, 4, DisplayedCell(-1234.5, "-1,234.50")),
        ("14_error_values.xlsx", 2, 10, "#N/A"),
        ("26_wps.et", 2, 6, date(2026, 3, 5)),
        ("27_libreoffice.ods", 2, 6, date(2026, 3, 5)),
        ("27_libreoffice.ods", 2, 4, 1234.5),
        ("17_html_table.xls", 2, 9, "00012"),
        ("19_gb18030_rare.csv", 2, 2, "𠮷祥䶮工程"),
        ("29_json_pretty.json", 1, 1, "TN001"),
    ],
)
def test_values(name, row, column, value, tmp_path):
    _, rows = open_grid(FILES / name, tmp_path)
    assert dict(rows)[row][column - 1] == value


def test_places_are_those_of_the_file(tmp_path):
    grid, _ = open_grid(FILES / "05b_hidden_row_and_column.xlsx", tmp_path)
    assert [(f.code, f.count, f.places) for f in grid.findings] == [
        ("columns-hidden", 1, (Place("Sheet1", 1, 10),)),
        ("rows-hidden", 1, (Place("Sheet1", 3),)),
    ]


def test_consent_makes_steps_of_findings_and_leaves_out_what_is_hidden(tmp_path):
    allow = frozenset({"rows-hidden", "columns-hidden"})
    path = FILES / "05b_hidden_row_and_column.xlsx"
    grid, rows = open_grid(path, tmp_path, allow=allow)
    assert grid.findings == []
    assert [step.code for step in grid.steps] == ["columns-hidden", "rows-hidden"]
    assert [number for number, _ in rows] == [1, 2, 4]
    assert {len(cells) for _, cells in rows} == {9}
