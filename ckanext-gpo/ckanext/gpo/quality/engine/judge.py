"""One verdict, two speeds: Frictionless judges; DuckDB says what it need not look at.

Every error is made by Frictionless's own code, from the table's own row. On the fast way
that code sees the suspects only (`suspects.Search`), under their own row numbers; on the
slow way it sees every row. Which way was gone, and why, is part of the result.
"""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from frictionless import (
    Check,
    Checklist,
    Dialect,
    Error,
    Field,
    FrictionlessException,
    Schema,
    errors,
)
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from .layout import Malformed
from .own_checks import CodeCheck, ReferenceCheck, Spool
from .proof import prove
from .suspects import Key, Plan, Search
from .wordless import wordless

OnError = Callable[[Error], None]

Apart = dict[int, list[Any]]


@dataclass(frozen=True)
class Judged:
    """How a table was judged."""

    rows: int
    examined: int
    """Rows that Frictionless itself has read."""
    slow: str | None
    """Why Frictionless had to read all of them; None: it had not."""


class SlowWay(Exception):  # noqa: N818 - a decision, not a fault
    """The fast way is not exact for this table; the reason is a stable code."""


def judge(
    resource: TableResource,
    checks: list[Check],
    on_error: OnError,
    *,
    spool: Spool | None = None,
    apart: Apart | None = None,
) -> Judged:
    """Check a table and hand over every error of it, in the order of the rows.

    :param resource: a file with its schema; closed
    :param checks: beyond Frictionless's baseline
    :param spool: where the parsed rows go; written unless a row has too few or too many
        cells
    :param apart: rows that belong to the table and are not in the file: record (0 the
        first) → typed cells
    """
    apart = apart or {}
    with wordless():
        with tempfile.TemporaryDirectory(prefix="gpo-check-") as name:
            try:
                return _fast(
                    resource.to_copy(), checks, on_error, spool, apart, Path(name)
                )
            except SlowWay as err:
                reason = str(err)
        return _slow(resource, checks, on_error, spool, apart, reason)


def _slow(
    resource: TableResource,
    checks: list[Check],
    on_error: OnError,
    spool: Spool | None,
    apart: Apart,
    reason: str,
) -> Judged:
    if apart:
        resource = _joined(resource, apart)
    try:
        resource.to_descriptor(validate=True)
    except FrictionlessException as err:
        for error in err.to_errors():
            on_error(error)
        return Judged(0, 0, reason)
    rows = run(resource, [*checks, *([spool] if spool else [])], on_error)
    return Judged(rows, rows, reason)


def _joined(resource: TableResource, apart: Apart) -> TableResource:
    """The whole table as Frictionless would read it: the file's rows and those apart."""

    def rows() -> Iterator[list[Any]]:
        with resource.to_copy() as opened:
            cells = iter(opened.cell_stream)
            yield next(cells)
            for record in itertools.count():
                if record in apart:
                    yield apart[record]
                    continue
                try:
                    yield next(cells)
                except StopIteration:
                    return

    return TableResource(
        data=rows(),
        format="inline",
        schema=Schema.from_descriptor(resource.schema.to_descriptor()),
        detector=resource.detector,
    )


def run(resource: TableResource, checks: list[Check], on_error: OnError) -> int:
    """What `Resource.validate` does with a valid descriptor, without keeping the errors.

    :returns: the number of rows
    """
    checklist = Checklist(checks=checks)
    connected = checklist.connect(resource)
    scope = frozenset(checklist.scope)

    def tell(found: Iterable[Error]) -> None:
        for error in found:
            if not isinstance(error, errors.DataError) or error.type in scope:
                on_error(error)

    try:
        resource.open()
    except FrictionlessException as err:
        _require_memory(err)
        tell(err.to_errors())
        return 0
    with resource:
        for check in list(connected):
            found = list(check.validate_start())
            if any(error.type == "check-error" for error in found):
                connected.remove(check)
            tell(found)
        for row in _rows(resource, on_error):
            for check in connected:
                tell(check.validate_row(row))
        for check in connected:
            tell(check.validate_end())
        return resource.stats.rows or 0


def _rows(resource: TableResource, on_error: OnError) -> Iterator[Any]:
    while True:
        try:
            yield next(resource.row_stream)  # type: ignore[call-overload]
        except FrictionlessException as err:
            _require_memory(err)
            on_error(err.error)
        except StopIteration:
            return


def _require_memory(err: FrictionlessException) -> None:
    # Frictionless takes everything that goes wrong while it reads for a fault of the file.
    if isinstance(err.__cause__, MemoryError):
        raise err.__cause__ from None


# The fast way


def _fast(
    resource: TableResource,
    checks: list[Check],
    on_error: OnError,
    spool: Spool | None,
    apart: Apart,
    folder: Path,
) -> Judged:
    plan, delimiter, labels = _plan(resource, checks)
    path = Path(resource.normpath or "")
    try:
        writable = [spool.path.parent] if spool else []
        search = Search(path, delimiter, plan, folder, apart, writable)
    except Malformed as err:
        raise SlowWay("quoting") from err
    except duckdb.Error as err:
        raise SlowWay("unreadable") from err
    try:
        numbered = []
        if spool:
            odd = Spool(
                path=folder / "odd.csv", field_names=spool.field_names, numbered=True
            )
            numbered = [odd]
        dialect = _Numbered()
        dialect.total, dialect.stats = search.rows, _hashes(resource, path)
        few = TableResource(
            data=_stream(labels, search, dialect),
            format="inline",
            schema=Schema.from_descriptor(resource.schema.to_descriptor()),
            dialect=dialect,
            detector=resource.detector,
        )
        for name in ("hash", "bytes", "fields", "rows"):
            setattr(few, name, getattr(resource, name))
        dialect.resource = few
        run(few, [*checks, *numbered], on_error)
        if spool and search.regular:
            search.spool(spool.path, folder / "odd.csv", spool.field_names)
        return Judged(search.rows, dialect.examined, None)
    finally:
        search.close()


class _Numbered(Dialect):
    """Gives the rows their own numbers, and in the end the number of all rows."""

    total: int
    stats: dict[str, Any]
    resource: TableResource
    examined = 0

    def read_enumerated_content_stream(
        self, cell_stream: Iterable[Any]
    ) -> Iterator[tuple[int, list[str]]]:
        for cells in cell_stream:
            if isinstance(cells, _Cells):
                yield cells.number, list(cells)
        self.resource.stats.rows = self.total
        for name, value in self.stats.items():
            setattr(self.resource.stats, name, value)


class _Cells(list[str]):
    number: int


def _stream(
    labels: list[str], search: Search, dialect: _Numbered
) -> Iterator[list[str]]:
    yield labels
    for suspect in search:
        dialect.examined += 1
        cells = _Cells(suspect.cells)
        cells.number = suspect.number
        yield cells


def _plan(resource: TableResource, checks: list[Check]) -> tuple[Plan, str, list[str]]:
    """What is asked of the rows, the delimiter and the labels.

    :raises SlowWay: not every question has an exact fast answer
    """
    if resource.format != "csv" or resource.scheme != "file" or resource.compression:
        raise SlowWay("format")
    try:
        resource.to_descriptor(validate=True)
        with resource:
            header, labels, schema = resource.header, resource.labels, resource.schema
            fields = header.get_expected_fields()
    except FrictionlessException as err:
        raise SlowWay("header") from err
    if (resource.encoding or "").lower() not in ("utf-8", "utf8", "ascii"):
        raise SlowWay("encoding")
    dialect = resource.dialect
    control = CsvControl.from_dialect(dialect)
    _require_plain(dialect, control, labels, Path(resource.normpath or ""))
    if schema.foreign_keys:
        raise SlowWay("foreign-keys")
    plan = Plan(fields, schema, _keys(schema, fields))
    for check in checks:
        if isinstance(check, CodeCheck):
            plan.codes.append(check)
        elif isinstance(check, ReferenceCheck):
            plan.references.extend(check.references)
        elif check.type != "table-dimensions":
            raise SlowWay(f"check {check.type}")
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
        raise SlowWay("dialect")
    with path.open("rb") as source:
        first = source.readline()
    if not labels or first.startswith(b"\xef\xbb\xbf") or first.count(b'"') % 2:
        raise SlowWay("header")


def _keys(schema: Schema, fields: list[Field]) -> list[Key]:
    names = [field.name for field in fields]
    keys = [
        Key([at], primary=False)
        for at, field in enumerate(fields)
        if field.constraints.get("unique")
    ]
    if schema.primary_key and set(schema.primary_key) <= set(names):
        keys.append(Key([names.index(n) for n in schema.primary_key], primary=True))
    for key in keys:
        for at in key.columns:
            if not prove(fields[at], schema, "c").exact:
                raise SlowWay("key-type")
    return keys


def _hashes(resource: TableResource, path: Path) -> dict[str, Any]:
    """Figures of the file that a descriptor may have promised."""
    if not (resource.hash or resource.bytes):
        return {}
    content = path.read_bytes()
    return {
        "bytes": len(content),
        "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
