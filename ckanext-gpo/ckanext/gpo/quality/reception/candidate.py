"""From the file that came in to a UTF-8 CSV whose header carries field names.

What it is, is told by its first bytes, never by its name. The encoding is decided here,
once, and recorded; everything after reads UTF-8. Row numbers are not changed: row n of
the result is row n of what came in. Nothing is held in memory whole.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Any

from frictionless import Schema

from ckanext.gpo.common import formulas
from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.labels import csv_labels, workbook_labels
from ckanext.gpo.common.tables import Table

from . import archive, spreadsheet

_CHUNK = 1 << 20

_ZIP = (b"PK\3\4", b"PK\5\6")

ENCODINGS = ("utf-8", "gb18030")
"""What offices send; UTF-8 first because its bytes hardly ever decode by accident."""

COLUMNS = 1000
"""PostgreSQL holds at most 1,600 columns in a table."""

RECORD = 16 << 20
"""Bytes of a line at most: a boundary in GeoJSON has some hundred thousand."""


@dataclass(frozen=True)
class Candidate:
    """A normalised candidate on disk."""

    path: Path
    encoding: str
    format: str = "csv"
    apart: dict[int, list[Any]] = field(default_factory=dict[int, list[Any]])
    """Record (0 the first) → typed cells, of rows that no text can stand for; they are
    not in the file (see `spreadsheet`)."""


def content_hash(stream: IO[bytes]) -> str:
    """SHA-256 of what came in, `sha256:<hex>`; the stream is rewound."""
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return f"sha256:{digest.hexdigest()}"


def normalise(source: Path, table: Table, folder: Path) -> Candidate:
    """Write the candidate as UTF-8 CSV with field names in its header.

    CSV, XLSX, and either of them packed by gzip or alone in a zip archive. A header may
    carry the Chinese titles instead of the names; anything else in it is left as it
    stands, so that the check can name it. A CSV file in the form of our own download
    loses the marks that `formulas.inert` put into its cells.

    :raises CandidateError: the file cannot be read, or is beyond a limit; the code says
        which
    """
    source = _unpack(source, folder)
    path = folder / "candidate.csv"
    with source.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(_ZIP):
        schema = Schema.from_descriptor(table.schema)
        apart = spreadsheet.to_csv(source, schema, _names(table), path)
        return Candidate(path, "utf-8", "xlsx", apart)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"Rar!", b"7z\xbc\xaf")):
        raise CandidateError("candidate-format", "The file is neither CSV nor XLSX")
    return Candidate(path, _to_utf8(source, table, path, start))


def _unpack(source: Path, folder: Path) -> Path:
    with source.open("rb") as stream:
        start = stream.read(4)
    target = folder / "unpacked"
    if start.startswith(b"\x1f\x8b"):
        archive.gunzip(source, target)
        return target
    if start.startswith(_ZIP) and not archive.is_workbook(source):
        archive.only_member(source, target)
        return target
    return source


def _to_utf8(source: Path, table: Table, path: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    reason = ""
    for encoding in encodings:
        try:
            with path.open("wb") as target:
                labels = _write(_as_utf8(source, encoding), table, target)
        except UnicodeDecodeError as err:
            reason = err.reason
        else:
            if [formulas.original(label) for label in labels] == csv_labels(
                table.fields
            ):
                formulas.restore(path)
            return encoding
    raise CandidateError(
        "candidate-undecodable",
        f"The file is neither {' nor '.join(encodings)}: {reason}",
        row=_failing_line(source, encodings[-1]),
    )


def _as_utf8(source: Path, encoding: str) -> Iterator[bytes]:
    """The file in UTF-8, without a byte order mark, piece by piece.

    :raises UnicodeDecodeError: it has another encoding
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    with source.open("rb") as stream:
        if encoding == "utf-8" and stream.read(3) != codecs.BOM_UTF8:
            stream.seek(0)
        while chunk := stream.read(_CHUNK):
            text = decoder.decode(chunk)
            yield chunk if encoding == "utf-8" else text.encode()
        decoder.decode(b"", final=True)


def _failing_line(source: Path, encoding: str) -> int:
    """The line at which decoding ends."""
    lines = 1
    decoder = codecs.getincrementaldecoder(encoding)()
    with source.open("rb") as stream:
        for line in iter(lambda: stream.readline(_CHUNK), b""):
            try:
                decoder.decode(line)
            except UnicodeDecodeError:
                break
            lines += line.endswith(b"\n")
    return lines


def _write(pieces: Iterator[bytes], table: Table, target: IO[bytes]) -> list[str]:
    """Write the file under its field names; returns the labels that it came with."""
    header, rest = _header(pieces)
    nothing: list[str] = []
    labels = next(csv.reader([header.decode()]), nothing)
    if len(labels) > COLUMNS:
        raise CandidateError("candidate-columns", f"More than {COLUMNS} columns")
    ending = "\r\n" if header.endswith(b"\r") else "\n"
    target.write((_names_header(labels, table) + ending).encode())
    length, empty = 0, not header.strip()
    for piece in chain([rest], pieces):
        if b"\0" in piece:
            raise CandidateError("candidate-nul", "The file holds NUL characters")
        length = _longest(piece, length)
        empty = empty and not piece.strip()
        target.write(piece)
    if empty:
        raise CandidateError("candidate-empty", "The file is empty")
    return labels


def _header(pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    """The first line, and what was read of the others."""
    buffer = b""
    for piece in pieces:
        buffer += piece
        if b"\0" in piece:
            raise CandidateError("candidate-nul", "The file holds NUL characters")
        line, newline, rest = buffer.partition(b"\n")
        if newline:
            return line, rest
        _longest(buffer, 0)
    return buffer, b""


def _longest(piece: bytes, length: int) -> int:
    """The length of the line that a piece ends in, after one of `length` before it.

    :raises CandidateError: a line is longer than `RECORD`
    """
    newline = piece.find(b"\n")
    length += len(piece) if newline < 0 else newline
    if length > RECORD:
        raise CandidateError(
            "candidate-line", f"A line is longer than {RECORD >> 20} MiB"
        )
    return length if newline < 0 else len(piece) - piece.rfind(b"\n") - 1


def _names(table: Table) -> dict[str, str]:
    """The labels of the files that we give out → field names."""
    names = [field["name"] for field in table.fields]
    headers = (workbook_labels(table.fields), csv_labels(table.fields))
    return {
        label: name
        for labels in headers
        for label, name in zip(labels, names, strict=True)
    }


def _names_header(labels: list[str], table: Table) -> str:
    names = _names(table)
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(
        [names.get(formulas.original(label.strip()), label) for label in labels]
    )
    return line.getvalue()
