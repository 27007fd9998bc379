"""What changed between two versions, in a form: a cell a line for people, records for programs.

A line has the kind of the change, the key of the record, and of one field what it was and what
it is. A record that came or went has a line for each of its cells that is not empty.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from ckanext.gpo.common.formulas import inert
from ckanext.gpo.common.spreadsheets import LONGEST_CELL, ROWS_OF_A_SHEET, sheet_name
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate
from ckanext.gpo.dataapi.query import QueryError

FORMS: Final = ("csv", "json", "xlsx")

Changes = Iterable[dict[str, Any]]
"""Of `Comparison.all_records`."""

_LINES: Final = 2_000


@dataclass(frozen=True)
class Words:
    """What lines are written with, in the reader's language."""

    change: str
    field: str
    old: str
    new: str
    kinds: Mapping[str, str]


def words(_: Translate) -> Words:
    """The words of a language; looked up before the first line is written."""
    return Words(
        _("Change"),
        _("Field"),
        _("Before"),
        _("After"),
        {"added": _("added"), "removed": _("removed"), "changed": _("changed")},
    )


@dataclass(frozen=True)
class Lines:
    """Changes as lines.

    :param key: the fields by which a record is known; empty for none
    """

    changes: Changes
    table: Table
    key: Sequence[str]
    words: Words

    @property
    def header(self) -> list[str]:
        words = self.words
        key = [self._title(name) for name in self.key]
        return [words.change, *key, words.field, words.old, words.new]

    def __iter__(self) -> Iterator[list[str]]:
        for record in self.changes:
            kind = self.words.kinds[record["kind"]]
            key = [_text(record["key"].get(name)) for name in self.key]
            for field, old, new in _cells(record, self.key):
                yield [kind, *key, self._title(field), _text(old), _text(new)]

    def _title(self, name: str) -> str:
        titles = (f["title"] for f in self.table.fields if f["name"] == name)
        return next(titles, name)


def csv_pieces(lines: Lines) -> Iterator[bytes]:
    """The changes as CSV, of which a spreadsheet runs nothing."""
    yield "\ufeff".encode()
    rows = itertools.chain([lines.header], lines)
    while batch := list(itertools.islice(rows, _LINES)):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            [inert(cell) for cell in row] for row in batch
        )
        yield text.getvalue().encode()


def json_pieces(changes: Changes) -> Iterator[bytes]:
    """The changes as a list of records, as `gpo_quality_version_diff` tells them."""
    yield b"["
    for number, record in enumerate(changes):
        lead = ",\n" if number else "\n"
        yield f"{lead}{json.dumps(record, ensure_ascii=False)}".encode()
    yield b"\n]\n"


def write_workbook(lines: Lines, path: Path, _: Translate) -> None:
    """The changes as a workbook of texts.

    :raises QueryError: `too-many-rows`: one sheet does not hold them
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(str(path), options) as book:
        sheet = book.add_worksheet(sheet_name(lines.table.title))
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, lines.header, book.add_format({"bold": True}))
        for number, row in enumerate(lines, start=1):
            if number > ROWS_OF_A_SHEET:
                message = _("A workbook takes at most {most} rows: take CSV")
                raise QueryError(
                    "too-many-rows", message.format(most=f"{ROWS_OF_A_SHEET:,}"), "to"
                )
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[: LONGEST_CELL // 2])


def _cells(
    record: dict[str, Any], key: Sequence[str]
) -> Iterator[tuple[str, Any, Any]]:
    """Field, what it was, what it is."""
    if record["kind"] == "changed":
        for field, cell in record["cells"].items():
            yield field, cell["old"], cell["new"]
        return
    for field, value in record["row"].items():
        if value is None or field in key:
            continue
        if record["kind"] == "added":
            yield field, None, value
        else:
            yield field, value, None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
