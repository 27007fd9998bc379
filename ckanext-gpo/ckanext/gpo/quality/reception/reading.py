"""What the reader did to a candidate and found in it, as facts of a report. Pure.

A report counts rows and columns as the file that was handed in does; the clean table, which
the check sees, has rows of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ckanext.gpo.common import characters
from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake import CleanTable, Finding, Place, is_layout

Fact = dict[str, Any]

_OTHER_ROW = re.compile(r'same as (?:in the )?row at position "?(\d+)')
"""Only the notes of Frictionless say which row holds the same."""


def is_checkable(clean: CleanTable) -> bool:
    """Whether the columns are such that a check of the rows can say more than the reader."""
    return not any(is_layout(finding.code) for finding in clean.findings)


def describe(clean: CleanTable) -> Fact:
    """`{format, encoding, sheet, steps}`; a step is `{code, count, places, facts}`."""
    return {
        "format": clean.kind,
        "encoding": clean.encoding or "utf-8",
        "sheet": clean.sheet,
        "steps": [asdict(step) for step in clean.steps],
    }


class InFile:
    """Facts of a clean table as facts of its file."""

    def __init__(self, clean: CleanTable, table: Table) -> None:
        names = [field["name"] for field in table.fields]
        self._clean = clean
        self._columns = dict(zip(names, clean.columns, strict=True))
        self._fields = {column: name for name, column in self._columns.items()}
        self._titles = {field["title"]: field["name"] for field in table.fields}

    def checked(self, fact: Fact) -> Fact:
        """An error of the check at its row and column of the file, without its cells."""
        placed = {key: part for key, part in fact.items() if key != "cells"}
        if (row := fact.get("row")) is not None:
            placed["row"] = self._clean.source_row(row) or row
        if match := _OTHER_ROW.search(fact["note"]):
            placed["other_row"] = self._clean.source_row(int(match[1]))
        if column := self._columns.get(fact.get("field") or ""):
            placed["column"] = column
        return placed

    def findings(self) -> Iterator[tuple[Fact, int | None]]:
        """Everything that the reader has found, with the clean row of each, if it has one.

        It is an error as `engine.check` describes it, whose `rule` is the code; beside
        `row` and `value` it has `column`, `label`, `sheet` and `facts`.
        """
        for finding in self._clean.findings:
            yield from self._places(finding)

    def _places(self, finding: Finding) -> Iterator[tuple[Fact, int | None]]:
        common: Fact = {"rule": finding.code, "note": ""}
        if finding.facts:
            common["facts"] = dict(finding.facts)
        # What holds of the header holds of the table, wherever it came up.
        of_table = is_layout(finding.code)
        first = next(iter(finding.places), Place())
        for place, value in finding.all_places:
            fact = common | {key: part for key, part in asdict(place).items() if part}
            if field := self._field(first if of_table else place):
                fact["field"] = field
            if value:
                fact["value"] = characters.escape(value)
            row = None if of_table else place.row
            yield fact, self._clean.clean_row(row) if row else None

    def _field(self, place: Place) -> str | None:
        if place.column is not None:
            return self._fields.get(place.column)
        return self._titles.get(place.label)
