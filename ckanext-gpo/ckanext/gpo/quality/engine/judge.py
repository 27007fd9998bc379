"""One verdict, two speeds: Frictionless judges; DuckDB says what it need not look at.

Every error is made by Frictionless's own code, from the table's own row. On the fast path
that code sees the suspects only (`suspects.Search`), under their own row numbers; on the
slow path it sees every row. Which path was taken, and why, is part of the result.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from frictionless import (
    Check,
    Checklist,
    Dialect,
    Error,
    FrictionlessException,
    Schema,
    errors,
)
from frictionless.resources import TableResource

from .layout import Malformed
from .messages import without_messages
from .plan import Refusal, SlowPath, make_plan
from .rows import RowCount, Spool
from .suspects import Search

OnError = Callable[[Error], None]
OnRows = Callable[[int], None]


@dataclass(frozen=True)
class Judgement:
    """How a table was judged."""

    rows: int
    examined: int
    """Rows that Frictionless itself has read."""
    slow: str | None
    """Why Frictionless had to read all of them; None: it had not."""


def judge(
    resource: TableResource,
    checks: list[Check],
    on_error: OnError,
    *,
    spool: Spool | None = None,
    refusal: Refusal | None = None,
    on_rows: OnRows | None = None,
) -> Judgement:
    """Check a table and hand over every error of it, in the order of the rows.

    :param resource: a file with its schema; closed
    :param checks: beyond Frictionless's baseline
    :param spool: where the parsed rows go; written unless a row has too few or too many
        cells
    :param refusal: rows that are suspects whatever is proved of their cells
    :param on_rows: is told how many rows have been checked, where it takes long enough
    """
    with without_messages():
        with tempfile.TemporaryDirectory(prefix="gpo-check-") as name:
            try:
                copy, folder = resource.to_copy(), Path(name)
                return _fast(copy, checks, on_error, spool, refusal, folder)
            except SlowPath as err:
                reason = str(err)
        counts = [RowCount(on_rows=on_rows)] if on_rows else []
        return _slow(resource, [*checks, *counts], on_error, spool, reason)


def _slow(
    resource: TableResource,
    checks: list[Check],
    on_error: OnError,
    spool: Spool | None,
    reason: str,
) -> Judgement:
    try:
        resource.to_descriptor(validate=True)
    except FrictionlessException as err:
        for error in err.to_errors():
            on_error(error)
        return Judgement(0, 0, reason)
    rows = run(resource, [*checks, *([spool] if spool else [])], on_error)
    return Judgement(rows, rows, reason)


def run(resource: TableResource, checks: list[Check], on_error: OnError) -> int:
    """What `Resource.validate` does with a valid descriptor, without keeping the errors.

    :returns: the number of rows
    """
    checklist = Checklist(checks=checks)
    connected = checklist.connect(resource)
    scope = frozenset(checklist.scope)

    def report(faults: Iterable[Error]) -> None:
        for error in faults:
            if not isinstance(error, errors.DataError) or error.type in scope:
                on_error(error)

    try:
        resource.open()
    except FrictionlessException as err:
        _require_memory(err)
        report(err.to_errors())
        return 0
    with resource:
        for check in list(connected):
            faults = list(check.validate_start())
            if any(error.type == "check-error" for error in faults):
                connected.remove(check)
            report(faults)
        for row in _rows(resource, on_error):
            for check in connected:
                report(check.validate_row(row))
        for check in connected:
            report(check.validate_end())
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


# The fast path


def _fast(
    resource: TableResource,
    checks: list[Check],
    on_error: OnError,
    spool: Spool | None,
    refusal: Refusal | None,
    folder: Path,
) -> Judgement:
    plan, delimiter, labels = make_plan(resource, checks, refusal)
    path = Path(resource.normpath or "")
    try:
        writable = [spool.path.parent] if spool else []
        search = Search(path, delimiter, plan, folder, writable)
    except Malformed as err:
        raise SlowPath("quoting") from err
    except duckdb.Error as err:
        raise SlowPath("unreadable") from err
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
        return Judgement(search.rows, dialect.examined, None)
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
    ) -> Generator[tuple[int, list[Any]], Any, None]:
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
