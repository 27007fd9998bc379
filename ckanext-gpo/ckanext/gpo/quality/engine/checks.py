"""What the gate adds to Frictionless's own checks, each a Frictionless check itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import attrs
from frictionless import Check, Error, Row, errors

from ckanext.gpo.common import personal
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

    def fault(self, kind: str, code: str) -> str | None:
        return CHECKS[kind](code)

    def validate_row(self, row: Row) -> Iterable[Error]:
        for name, kind in self.codes.items():
            cell = row[name]
            if cell is not None and (fault := self.fault(kind, cell)):
                yield CodeError.from_row(row, note=fault, field_name=name)


class PersonalDataError(errors.CellError):
    """A cell holds a number that belongs to one person."""

    type = "personal-data"
    title = "Personal Data Error"
    description = "The cell holds personal data, which must not be public."
    template = (
        'The cell in row at position "{rowNumber}" and field "{fieldName}" '
        "holds personal data: {note}"
    )


@attrs.define(kw_only=True, repr=False)
class PersonalDataCheck(Check):
    """No identity, mobile or account number in texts whose form nobody has declared."""

    type = "gpo-personal-data"
    Errors = [PersonalDataError]

    field_names: list[str]

    def validate_row(self, row: Row) -> Iterable[Error]:
        for name in self.field_names:
            if kinds := personal.kinds(row[name] or ""):
                note = ", ".join(kinds)
                yield PersonalDataError.from_row(row, note=note, field_name=name)


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
