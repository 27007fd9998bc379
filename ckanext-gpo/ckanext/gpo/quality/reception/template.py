"""The workbook that a department fills in: the table's header, and all that its cells allow.

Made from the Table Schema. The header is that of the workbook which we publish, so that the
reader knows the file when it comes back and takes no step (see `common.labels`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ckanext.gpo.common.labels import NOTES_TITLES, workbook_labels
from ckanext.gpo.common.spreadsheets import ROWS_OF_A_SHEET, sheet_name
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web import dictionary
from ckanext.gpo.common.web.dictionary import Entry

Translate = Callable[[str], str]

PROMPT_TITLE: Final = 32
PROMPT: Final = 255
"""Characters that a spreadsheet shows beside a cell."""

_FORMATS: Final = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
    "integer": "0",
    "year": "0",
    "number": "General",
}
"""Types of cells that a spreadsheet has itself; all others are text as it is typed."""

_EXCEL_START: Final = date(1900, 1, 1)
_PERMITTED: Final = (
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "delete_rows",
    "sort",
    "autofilter",
)
"""What may be done to the sheet besides filling it in."""

_YES_NO: Final = ("是", "否")


def write(table: Table, target: Path | IO[bytes], english: bool, _: Translate) -> None:
    """Write the template of a table.

    :param english: whether the notes are in English; the header is Chinese, as the data
    """
    entries = dictionary.entries(table, english, _)
    with Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_name(table.title))
        notes = book.add_worksheet(_("How to fill in"))
        allowed = _write_notes(book, notes, table, entries, english, _)
        _write_sheet(book, sheet, table, entries, allowed, _)


def _write_sheet(
    book: Workbook,
    sheet: Worksheet,
    table: Table,
    entries: list[Entry],
    allowed: Mapping[str, str],
    _: Translate,
) -> None:
    look = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
    required = book.add_format({**look, "bg_color": "#D6E6ED"})
    optional = book.add_format({**look, "bg_color": "#F3F1EA"})
    for index, (field, label, entry) in enumerate(
        zip(table.fields, workbook_labels(table.fields), entries, strict=True)
    ):
        is_required = field.get("constraints", {}).get("required")
        width = max(12, min(2 * len(label) + 2, 40))
        sheet.set_column(index, index, width, _cell_format(book, field["type"]))
        sheet.write_string(0, index, label, required if is_required else optional)
        rule = _rule(field, allowed.get(field["name"])) | _prompt(label, entry, _)
        sheet.data_validation(1, index, ROWS_OF_A_SHEET, index, rule)
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, 0)
    # Against slips only, so without a password: the header must stay as it is.
    sheet.protect(options=dict.fromkeys(_PERMITTED, True))


def _cell_format(book: Workbook, type_: str) -> Format:
    shape = _FORMATS.get(type_, "@")
    return book.add_format({"num_format": shape, "locked": False})


def _prompt(label: str, entry: Entry, _: Translate) -> dict[str, Any]:
    """What is shown beside the cell that is being filled in, and after a wrong value."""
    text = "\n".join(
        [
            *([entry.description] if entry.description else []),
            *entry.rules,
            _("Example: {example}").format(example=entry.example),
        ]
    )
    return {
        "input_title": label[:PROMPT_TITLE],
        "input_message": text[:PROMPT],
        "error_title": label[:PROMPT_TITLE],
        "error_message": text[:PROMPT],
        # the gate decides; the sheet only asks whether it is meant so
        "error_type": "warning",
    }


def _rule(field: Mapping[str, Any], allowed: str | None) -> dict[str, Any]:
    """The data validation of a column, as XlsxWriter takes it."""
    if allowed:
        return {"validate": "list", "source": allowed}
    limits = field.get("constraints", {})
    type_ = field["type"]
    if type_ in ("integer", "year"):
        return {"validate": "integer", **_range(limits, int)}
    if type_ == "number":
        return {"validate": "decimal", **_range(limits, float)}
    if type_ == "date":
        return {"validate": "date", **_range(limits, date.fromisoformat, _EXCEL_START)}
    if type_ == "string" and "maxLength" in limits:
        return {"validate": "length", "criteria": "<=", "value": limits["maxLength"]}
    return {"validate": "any"}


def _range(
    limits: Mapping[str, Any], parse: Callable[[Any], Any], lowest: Any = None
) -> dict[str, Any]:
    low, high = (
        parse(limits[name]) if name in limits else None
        for name in ("minimum", "maximum")
    )
    if low is None and high is None:
        low = lowest if lowest is not None else -(10**15)
    if high is None:
        return {"criteria": ">=", "value": low}
    if low is None:
        return {"criteria": "<=", "value": high}
    return {"criteria": "between", "minimum": low, "maximum": high}


def _write_notes(
    book: Workbook,
    sheet: Worksheet,
    table: Table,
    entries: list[Entry],
    english: bool,
    _: Translate,
) -> dict[str, str]:
    """The second sheet; returns where it lists the values of a field, as a range.

    The values stand in cells of their own to the right: a list inside the rule itself may
    have 255 characters only.
    """
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    titles = NOTES_TITLES["en" if english else "zh_Hans_CN"]
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    allowed: dict[str, str] = {}
    for row, (field, entry) in enumerate(zip(table.fields, entries, strict=True), 1):
        texts = (
            entry.label,
            entry.type,
            entry.unit,
            "\n".join(
                [*([entry.description] if entry.description else []), *entry.rules]
            ),
            entry.example,
        )
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, wrapped)
        values = _values(field)
        for column, value in enumerate(values, len(titles)):
            sheet.write_string(row, column, value)
        if values:
            last = len(titles) + len(values) - 1
            cells = xl_range_abs(row, len(titles), row, last)
            allowed[field["name"]] = f"={quote_sheetname(sheet.get_name())}!{cells}"
    for column, width in enumerate((24, 12, 10, 48, 28)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    sheet.protect()
    return allowed


def _values(field: Mapping[str, Any]) -> tuple[str, ...]:
    if field["type"] == "boolean":
        return _YES_NO
    return tuple(map(str, field.get("constraints", {}).get("enum", ())))
