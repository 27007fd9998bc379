"""The workbook of errors: a summary, and every faulty row with its cells marked.

Texts are written as texts, whatever they look like, and nothing runs. Rows go to the disk
as they come, so memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ckanext.gpo.common.spreadsheets import (
    LONGEST_CELL,
    ROWS_OF_A_SHEET,
    sheet_name,
)
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.faults import Cards

from .dictize import Reader
from .rules import Translate
from .wording import column_label

_FORMATS = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"num_format": "@", "valign": "top"},
    "wrapped": {"num_format": "@", "valign": "top", "text_wrap": True},
    "fault": {
        "num_format": "@",
        "valign": "top",
        "bold": True,
        "font_color": "#A32020",
        "bg_color": "#FBE3E0",
        "border": 1,
        "border_color": "#A32020",
    },
}

_NOTE_WIDTH, _WIDE, _NARROW = 60, 24, 10


def write(
    target: Path | IO[bytes],
    report: dict[str, Any],
    reader: Reader,
    cards: Cards,
    table: Table,
    translate: Translate,
    *,
    english: bool,
) -> None:
    """Write the workbook.

    :param report: with its words, see `readable_report`
    """
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    titles = [column_label(field["name"], table, english) for field in table.fields]
    with xlsxwriter.Workbook(target, settings) as book:
        formats = {name: book.add_format(kind) for name, kind in _FORMATS.items()}
        labels = partial(column_label, table=table, english=english)
        _write_summary(book, report, labels, formats, translate)
        # looking a sentence up costs more than filling it in
        rows = _Rows(book, table, titles, formats, cache(translate))
        for card in cards:
            rows.write(reader.card(card))
        rows.finish()


def _write_summary(
    book: xlsxwriter.Workbook,
    report: dict[str, Any],
    labels: Callable[[str | None], str],
    formats: dict[str, Format],
    _: Translate,
) -> None:
    sheet = book.add_worksheet(_("Summary"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, _NARROW)
    sheet.set_column(3, 3, 100)
    sentences = {
        (pattern["rule"], pattern["field"]): pattern["sentence"]
        for pattern in report["patterns"]
    }
    heads = [_("Rule"), _("Column"), _("Faults"), _("What they have in common")]
    _write_texts(sheet, 0, 0, heads, formats["head"])
    for number, count in enumerate(report["counts"], 1):
        words = [count["title"], labels(count["field"])]
        _write_texts(sheet, number, 0, words, formats["text"])
        sheet.write_number(number, 2, count["count"])
        common = sentences.get((count["rule"], count["field"]), "")
        _write_texts(sheet, number, 3, [common], formats["wrapped"])
    sheet.autofilter(0, 0, len(report["counts"]), len(heads) - 1)


class _Rows:
    """The sheet of faulty rows, and those that follow it."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        table: Table,
        titles: Sequence[str],
        formats: dict[str, Format],
        translate: Translate,
    ) -> None:
        self._book = book
        self._names = [field["name"] for field in table.fields]
        self._titles = titles
        self._formats = formats
        self._translate = translate
        self._sheets = 0
        self._begin()

    def write(self, card: dict[str, Any]) -> None:
        """Write the row of a card, see `Reader.card`."""
        if self._row == ROWS_OF_A_SHEET:
            self.finish()
            self._begin()
        self._row += 1
        sheet, text, fault = self._sheet, self._formats["text"], self._formats["fault"]
        if (row := card["source_row"] or card["row"]) is not None:
            sheet.write_number(self._row, 0, row)
        notes = "\n".join(self._note(fault) for fault in card["faults"])
        sheet.write_string(self._row, 1, fit(notes), self._formats["wrapped"])
        cells, marked = card["cells"], card["marked"]
        if not cells:
            return
        for number, name in enumerate(self._names, 2):
            value = cells.get(name, "")
            if name in marked:
                # a blank cell has to be seen too
                sheet.write_string(self._row, number, fit(value) or " ", fault)
            elif value:
                sheet.write_string(self._row, number, fit(value), text)

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self._titles) + 1)

    def _begin(self) -> None:
        _ = self._translate
        self._sheets += 1
        name = sheet_name(_("Faulty rows"), self._sheets)
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 2)
        self._sheet.set_column(0, 0, _NARROW)
        self._sheet.set_column(1, 1, _NOTE_WIDTH)
        self._sheet.set_column(2, len(self._titles) + 1, _WIDE)
        # codes of digits are text on purpose: no green corners for them
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        heads = [_("Row"), _("What is wrong and how to correct it"), *self._titles]
        _write_texts(self._sheet, 0, 0, heads, self._formats["head"])
        self._row = 0

    def _note(self, fault: dict[str, Any]) -> str:
        _ = self._translate
        label = fault["label"] or fault["title"]
        title = fault["meaning"] or fault["title"]
        expected = fault["expected"]
        if expected:
            return _("{label}: {title}. Should be: {expected}. {fix}").format(
                label=label, title=title, expected=expected, fix=fault["fix"]
            )
        return _("{label}: {title} {fix}").format(
            label=label, title=title, fix=fault["fix"]
        )


def fit(text: str) -> str:
    """A text as a cell holds it: cut where it is too long.

    >>> len(fit("长" * 40_000))
    16384
    """
    half = LONGEST_CELL // 2
    # few characters are enough to know that it fits, whatever they are
    if len(text) <= half or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text[:half] + "…"


def _write_texts(
    sheet: Worksheet, row: int, first: int, texts: Sequence[str], kind: Format
) -> None:
    for number, text in enumerate(texts, first):
        sheet.write_string(row, number, fit(text), kind)
