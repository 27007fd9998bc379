"""What the fast path is asked of a table, and whether it can answer exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from frictionless import Check, Dialect, Field, FrictionlessException, Schema
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from ckanext.gpo.common.personal import SUSPICIOUS

from .checks import CodeCheck, PersonalDataCheck, Reference, ReferenceCheck
from .proof import Proof, narrow, prove


class SlowPath(Exception):  # noqa: N818 - a decision, not a fault
    """The fast path is not exact for this table; the reason is a stable code."""


Refusal: TypeAlias = Callable[[Mapping[str, str]], str]
"""Field → SQL of its canonical text → SQL: whether a row is refused for more than a check."""


@dataclass
class Key:
    """Columns whose values have to differ from row to row."""

    columns: list[int]
    primary: bool
    """Rows without any value in it are wrong, and one without some still counts."""


@dataclass
class Plan:
    """What is asked of the rows."""

    fields: list[Field]
    """One for each column of the file, in its order."""
    schema: Schema
    keys: list[Key]
    codes: list[CodeCheck] = field(default_factory=list[CodeCheck])
    references: list[Reference] = field(default_factory=list[Reference])
    free_texts: set[str] = field(default_factory=set[str])
    """Fields whose cells may hold personal data."""
    refusal: Refusal | None = None
    """When the platform cannot keep a row."""

    @property
    def proofs(self) -> list[Proof]:
        proofs = [prove(f, self.schema, f"c{i}") for i, f in enumerate(self.fields)]
        return [
            narrow(proof, SUSPICIOUS, f"c{i}") if f.name in self.free_texts else proof
            for i, (f, proof) in enumerate(zip(self.fields, proofs, strict=True))
        ]

    def column(self, name: str) -> int:
        return next(i for i, f in enumerate(self.fields) if f.name == name)


def make_plan(
    resource: TableResource, checks: list[Check], refusal: Refusal | None = None
) -> tuple[Plan, str, list[str]]:
    """What is asked of the rows, the delimiter and the labels.

    :raises SlowPath: not every question has an exact fast answer
    """
    if resource.format != "csv" or resource.scheme != "file" or resource.compression:
        raise SlowPath("format")
    try:
        resource.to_descriptor(validate=True)
        with resource:
            header, labels, schema = resource.header, resource.labels, resource.schema
            fields = header.get_expected_fields()
    except FrictionlessException as err:
        raise SlowPath("header") from err
    if (resource.encoding or "").lower() not in ("utf-8", "utf8", "ascii"):
        raise SlowPath("encoding")
    dialect = resource.dialect
    control = CsvControl.from_dialect(dialect)
    _require_plain(dialect, control, labels, Path(resource.normpath or ""))
    if schema.foreign_keys:
        raise SlowPath("foreign-keys")
    plan = Plan(fields, schema, _keys(schema, fields), refusal=refusal)
    for check in checks:
        if isinstance(check, CodeCheck):
            plan.codes.append(check)
        elif isinstance(check, ReferenceCheck):
            plan.references.extend(check.references)
        elif isinstance(check, PersonalDataCheck):
            plan.free_texts.update(check.field_names)
        elif check.type != "table-dimensions":
            raise SlowPath(f"check {check.type}")
    return plan, control.delimiter, labels


def _require_plain(
    dialect: Dialect, control: CsvControl, labels: list[str], path: Path
) -> None:
    plain = (
        dialect.header
        and dialect.header_rows == [1]
        and dialect.header_case
        and not dialect.comment_char
        and not dialect.comment_rows
        and not dialect.skip_blank_rows
        and control.quote_char == '"'
        and control.escape_char is None
        and not control.skip_initial_space
        and control.null_sequence is None
        and len(control.delimiter) == 1
        and control.delimiter.isascii()
        and control.delimiter not in '"\r\n'
    )
    if not plain:
        raise SlowPath("dialect")
    with path.open("rb") as source:
        first = source.readline()
    if not labels or first.startswith(b"\xef\xbb\xbf") or first.count(b'"') % 2:
        raise SlowPath("header")


def _keys(schema: Schema, fields: list[Field]) -> list[Key]:
    names = [field.name for field in fields]
    keys = [
        Key([index], primary=False)
        for index, field in enumerate(fields)
        if field.constraints.get("unique")
    ]
    if schema.primary_key and set(schema.primary_key) <= set(names):
        keys.append(Key([names.index(n) for n in schema.primary_key], primary=True))
    for key in keys:
        for index in key.columns:
            if not prove(fields[index], schema, "c").exact:
                raise SlowPath("key-type")
    return keys
