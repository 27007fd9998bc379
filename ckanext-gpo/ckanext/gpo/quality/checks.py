"""What the gate adds to Frictionless's own checks, each a Frictionless check itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
from frictionless import Check, Error, Row, errors
from isodate import Duration, duration_isoformat

from ckanext.gpo.common.codes import CHECKS
from ckanext.gpo.common.tables import ForeignKey


class CodeError(errors.CellError):
    """A code of a national standard has a wrong form or check digit."""

    type = "code-error"
    title = "Code Error"
    description = "The cell is not a valid code of its standard."
    template = (
        'The cell "{cell}" in row at position "{rowNumber}" and field "{fieldName}" '
        "is not a valid code: {note}"
    )


@attrs.define(kw_only=True, repr=False)
class CodeCheck(Check):
    """Codes whose rule a pattern cannot say: check digits (GB 32100) and the like."""

    type = "gpo-code"
    Errors = [CodeError]

    codes: dict[str, str]
    """Field name → kind of code in `common.codes.CHECKS`."""

    def validate_row(self, row: Row) -> Iterable[Error]:
        for name, kind in self.codes.items():
            cell = row[name]
            if cell is not None and (fault := CHECKS[kind](cell)):
                yield CodeError.from_row(row, note=fault, field_name=name)


@dataclass(frozen=True)
class Reference:
    """A foreign key and the keys that the published table has."""

    key: ForeignKey
    keys: frozenset[tuple[Any, ...]]


@attrs.define(kw_only=True, repr=False)
class ReferenceCheck(Check):
    """Foreign keys to tables of any domain, against what is published of them."""

    type = "gpo-reference"
    Errors = [errors.ForeignKeyError]

    references: list[Reference]

    def validate_row(self, row: Row) -> Iterator[Error]:
        for reference in self.references:
            key = reference.key
            values = [row[name] for name in key.fields]
            if None not in values and tuple(values) not in reference.keys:
                yield errors.ForeignKeyError.from_row(
                    row,
                    note=f"not found in {key.table_ref}",
                    field_names=list(key.fields),
                    field_values=values,
                    reference_name=key.table_ref,
                    reference_field_names=list(key.reference_fields),
                )


@attrs.define(kw_only=True, repr=False)
class Spool(Check):
    """No check: keeps the parsed rows while they pass, so that nothing is parsed twice.

    Writes a CSV with the fields in the schema's order and cells in one canonical form
    (ISO dates, plain decimals, `true`/`false`, empty for missing).
    """

    type = "gpo-spool"
    Errors: list[type[Error]] = []

    path: Path
    field_names: list[str]

    def validate_start(self) -> Iterable[Error]:
        self._file = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(self.field_names)
        return []

    def validate_row(self, row: Row) -> Iterable[Error]:
        self._writer.writerow([canonical(row[name]) for name in self.field_names])
        return []

    def validate_end(self) -> Iterable[Error]:
        self._file.close()
        return []


def canonical(value: Any) -> str:
    """The one lexical form of a parsed cell, which its field's default format reads.

    >>> canonical(Decimal("1E+2")), canonical(True), canonical(None)
    ('100', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | time):
        return _iso(value)
    return _composite(value)


def _iso(value: date | time) -> str:
    if isinstance(value, datetime) and value.tzinfo:
        # a moment, whatever the clock it was read from: the DataStore keeps no zones
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    return value.isoformat()


def _composite(value: Any) -> str:
    if isinstance(value, timedelta | Duration):
        return duration_isoformat(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if hasattr(value, "month"):  # Frictionless's yearmonth
        return f"{value.year:04}-{value.month:02}"
    if hasattr(value, "lon"):  # Frictionless's geopoint
        return f"{value.lon},{value.lat}"
    return str(value)
