"""JSON, GeoJSON and one JSON record a line; streamed by ijson, so that size is no matter.

The file is read twice: once for the keys of all records, once for their cells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import ijson

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row
from ckanext.gpo.intake.steps import IntakeError, Place

from . import records
from .documents import Utf8Stream
from .encodings import Encoding, find_encoding
from .limits import Limits
from .tally import Tally

_FEATURES: Final = "features.item"
GEOMETRY: Final = "geometry"
"""The label of the column that holds a feature's geometry, as GeoJSON text."""


@dataclass(frozen=True)
class _Source:
    """Where the records are: the elements of the array `prefix`, or one a line."""

    path: Path
    encoding: Encoding
    prefix: str
    is_lines: bool = False

    def items(self) -> Iterator[tuple[int, Any]]:
        with self.path.open("rb") as stream, _malformed():
            text = Utf8Stream(stream, self.encoding)
            if self.is_lines:
                yield from _lines(self.path, self.encoding)
            else:
                yield from enumerate(ijson.items(text, self.prefix), 1)


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the array of records at the declared path, or of the only one.

    :raises IntakeError: `json-malformed`, `file-cut`, `path-missing`, `path-undeclared`,
        `records-missing`, a code of `find_encoding`
    """
    encoding = find_encoding(path, limits)
    tally = Tally(declaration)
    source = _source(path, encoding, declaration, tally)
    if encoding.name != "utf-8":
        tally.add("encoding-read", encoding=encoding.name.upper())
    kind = "ndjson" if source.is_lines else "json"
    grid = Grid(kind, iter(()), encoding=encoding.name, typed=True)
    first = next(source.items(), (1, None))[1]
    if isinstance(first, dict):
        is_geo = source.prefix.endswith(_FEATURES) and "geometry" in first
        if is_geo:
            kind = "geojson"
            tally.add("geometry-kept", label=GEOMETRY)
        keys = records.header((r for _, r in _records(source, is_geo=is_geo)), limits)
        grid.kind = kind
        grid.stream = records.rows(_records(source, is_geo=is_geo), keys, limits)
    elif isinstance(first, list):
        grid.stream = _arrays(source, limits)
    else:
        raise IntakeError("records-missing")
    tally.hand_over(grid)
    return grid


def _records(source: _Source, *, is_geo: bool) -> Iterator[tuple[int, records.Record]]:
    for number, item in source.items():
        if not isinstance(item, dict):
            raise IntakeError("records-mixed", Place(row=number), line=number)
        record = cast("dict[str, Any]", item)
        if is_geo:
            geometry = record.get("geometry")
            record = dict(record.get("properties") or {})
            record[GEOMETRY] = None if geometry is None else records.as_json(geometry)
        yield number, record


def _arrays(source: _Source, limits: Limits) -> Iterator[Row]:
    for number, item in source.items():
        if not isinstance(item, list):
            raise IntakeError("records-mixed", Place(row=number), line=number)
        cells = [records.to_cell(value) for value in cast("list[Any]", item)]
        if len(cells) > limits.columns:
            raise IntakeError("columns-too-many", limit=limits.columns)
        if number > limits.rows:
            raise IntakeError("rows-too-many", limit=limits.rows)
        yield number, cells


def _source(
    path: Path, encoding: Encoding, declaration: Declaration, tally: Tally
) -> _Source:
    if _is_lines(path, encoding):
        return _Source(path, encoding, "", is_lines=True)
    arrays = _arrays_of_records(path, encoding)
    if declaration.path:
        prefix = ".".join([*filter(None, declaration.path.split("/")), "item"])
        if prefix not in arrays:
            raise IntakeError(
                "path-missing", path=declaration.path, paths=_paths(arrays)
            )
        return _Source(path, encoding, prefix)
    if _FEATURES in arrays:
        arrays = [_FEATURES]
    if not arrays:
        raise IntakeError("records-missing")
    if len(arrays) > 1:
        raise IntakeError("path-undeclared", paths=_paths(arrays))
    if arrays != ["item"]:
        tally.add("records-found", path=_paths(arrays))
    return _Source(path, encoding, arrays[0])


def _paths(prefixes: Sequence[str]) -> str:
    return "、".join(p.removesuffix(".item").replace(".", "/") for p in prefixes)


def _arrays_of_records(path: Path, encoding: Encoding) -> list[str]:
    """Prefixes of the outermost arrays whose elements are records or arrays."""
    prefixes: dict[str, None] = {}
    array = ""
    with path.open("rb") as stream, _malformed():
        for prefix, event, _ in ijson.parse(Utf8Stream(stream, encoding)):
            if array:
                ended = event == "end_array" and array == _item(prefix)
                array = "" if ended else array
            elif event in ("start_map", "start_array") and prefix.endswith("item"):
                prefixes[prefix] = None
                array = prefix
    return list(prefixes)


def _item(prefix: str) -> str:
    """The prefix of the elements of an array, as ijson writes it."""
    return f"{prefix}.item" if prefix else "item"


def _is_lines(path: Path, encoding: Encoding) -> bool:
    """Whether the first two lines are a record each."""
    try:
        first = list(islice(_lines(path, encoding), 2))
    except ValueError:
        return False
    return len(first) == 2 and all(isinstance(item, dict) for _, item in first)


def _lines(path: Path, encoding: Encoding) -> Iterator[tuple[int, Any]]:
    with path.open(encoding=encoding.name, newline="\n") as stream:
        stream.seek(encoding.mark)
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield number, json.loads(line, parse_float=Decimal)
                except json.JSONDecodeError as err:
                    ended = line.endswith("\n")
                    code = "json-malformed" if ended else "file-cut"
                    if number == 1:
                        raise
                    place = Place(row=number)
                    raise IntakeError(code, place, line=number) from err


@contextmanager
def _malformed() -> Generator[None]:
    try:
        yield
    except (ijson.JSONError, json.JSONDecodeError) as err:
        ended_early = "premature EOF" in str(err) or "Incomplete" in str(err)
        raise IntakeError("file-cut" if ended_early else "json-malformed") from err
