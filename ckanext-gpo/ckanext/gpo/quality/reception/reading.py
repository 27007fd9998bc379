"""What the reader did to a candidate and found in it, as facts of a report. Pure.

A report counts rows and columns as the file that was handed in does; the clean table, which
the check sees, has rows of its own.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from ckanext.gpo.common import characters
from ckanext.gpo.common.tables import Table
from ckanext.gpo.intake import CleanTable, Finding, Place, is_layout

Report = dict[str, Any]
Totals = Counter[tuple[str, str | None]]
"""Rule and field → how often; complete, where the errors are examples."""

ECHOES = frozenset({"type-error", "value-not-storable"})
"""Rules that a cell breaks which the reader holds, since it stays as it stands."""

CELL_RULES = ECHOES | {"constraint-error"}
"""Rules that say nothing new of a cell at a place where the reader holds it."""


def is_checkable(clean: CleanTable) -> bool:
    """Whether the columns are such that a check of the rows can say more than the reader."""
    return not any(is_layout(finding.code) for finding in clean.findings)


def describe(clean: CleanTable) -> Report:
    """`{format, encoding, sheet, steps}`; a step is `{code, count, places, facts}`."""
    return {
        "format": clean.kind,
        "encoding": clean.encoding or "utf-8",
        "sheet": clean.sheet,
        "steps": [asdict(step) for step in clean.steps],
    }


def merge(report: Report, clean: CleanTable, table: Table) -> Report:
    """The report of a clean table as that of the file, with the reader's findings.

    A finding is an error as `engine.check` describes it, whose `rule` is its code; beside
    `row`, `cells` and `value` it has `column`, `label`, `sheet` and `facts`.
    """
    names = [field["name"] for field in table.fields]
    columns = dict(zip(names, clean.columns, strict=True))
    fields = {column: name for name, column in columns.items() if column}
    fields_by_label = {field["title"]: field["name"] for field in table.fields}
    totals: Totals = Counter()
    errors: list[dict[str, Any]] = []
    rows = _rows(clean)
    for finding in clean.findings:
        field = _field(finding, fields, fields_by_label)
        totals[finding.code, field] += finding.count
        errors += _errors(finding, field, rows)
    checked: Totals = Counter(
        {(entry["rule"], entry["field"]): entry["count"] for entry in report["counts"]}
    )
    placed = [_in_file(error, clean, columns) for error in report["errors"]]
    placed = _without_echoes(placed, checked, errors, totals)
    return {
        **report,
        **describe(clean),
        "valid": not totals and not +checked,
        "error_count": totals.total() + checked.total(),
        "counts": [
            {"rule": rule, "field": field, "count": count}
            for counts in (totals, +checked)
            for (rule, field), count in counts.most_common()
        ],
        "errors": [*errors, *placed],
    }


def _without_echoes(
    placed: list[dict[str, Any]],
    checked: Totals,
    errors: list[dict[str, Any]],
    totals: Totals,
) -> list[dict[str, Any]]:
    """Errors of the check less those of cells that the reader has named; `checked` too.

    The reader keeps a few places of each finding: beyond them it is known only whether
    it has named all cells of a column that the check names.
    """
    named: Counter[str | None] = Counter()
    for (_, field), count in totals.items():
        named[field] += count
    for rule, field in list(checked):
        if rule in ECHOES and checked[rule, field] <= named[field]:
            del checked[rule, field]
    cells = {(error.get("row"), error.get("field")) for error in errors}
    others: list[dict[str, Any]] = []
    for error in placed:
        group = (error["rule"], error.get("field"))
        if group not in checked:
            continue
        if error["rule"] in CELL_RULES and (error.get("row"), group[1]) in cells:
            checked[group] -= 1
        else:
            others.append(error)
    return others


def _rows(clean: CleanTable) -> dict[int, list[str]]:
    """The rows that findings name, by their number in the file, as the clean table has them."""
    named = {p.row for finding in clean.findings for p in finding.places if p.row}
    clean_rows = {row: clean.clean_row(row) for row in named}
    last = max((row for row in clean_rows.values() if row), default=0)
    if not last:
        return {}
    with clean.path.open(encoding="utf-8", newline="") as stream:
        numbers = set(clean_rows.values())
        records = {
            number: cells
            for number, cells in enumerate(islice(csv.reader(stream), last), 1)
            if number in numbers
        }
    return {row: records[number] for row, number in clean_rows.items() if number}


def _errors(
    finding: Finding, field: str | None, rows: Mapping[int, list[str]]
) -> list[dict[str, Any]]:
    common: dict[str, Any] = {"rule": finding.code, "note": ""}
    if finding.facts:
        common["facts"] = dict(finding.facts)
    if field:
        common["field"] = field
    errors: list[dict[str, Any]] = []
    for place in finding.places or (Place(),):
        error = common | {key: value for key, value in asdict(place).items() if value}
        if cells := rows.get(place.row or 0):
            error["cells"] = cells
        errors.append(error)
    # The cell that a finding keeps is that of its first place.
    if finding.value:
        errors[0]["value"] = characters.escape(finding.value)
    return errors


def _field(
    finding: Finding, fields: Mapping[int, str], fields_by_label: Mapping[str, str]
) -> str | None:
    place = next(iter(finding.places), Place())
    if place.column is not None:
        return fields.get(place.column)
    return fields_by_label.get(place.label)


def _in_file(
    error: dict[str, Any], clean: CleanTable, columns: Mapping[str, int | None]
) -> dict[str, Any]:
    """An error at its row and column of the file."""
    placed = dict(error)
    if (row := error.get("row")) is not None:
        placed["row"] = clean.source_row(row) or row
    if column := columns.get(error.get("field") or ""):
        placed["column"] = column
    return placed
