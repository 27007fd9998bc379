"""From the bytes that came in to a UTF-8 CSV whose header carries field names.

The encoding is decided here, once, and recorded; everything after reads UTF-8. Row
numbers are not changed: row n of the result is row n of what came in.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import Table

_CHUNK = 1 << 20

ENCODINGS = ("utf-8-sig", "gb18030")
"""What offices send; UTF-8 first because its bytes hardly ever decode by accident."""


@dataclass(frozen=True)
class Candidate:
    """A normalised candidate on disk."""

    path: Path
    encoding: str


def content_hash(stream: IO[bytes]) -> str:
    """SHA-256 of what came in, `sha256:<hex>`; the stream is rewound."""
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return f"sha256:{digest.hexdigest()}"


def normalise(content: bytes, table: Table, folder: Path) -> Candidate:
    """Write the candidate as UTF-8 with field names in its header.

    A header may carry the Chinese titles instead of the names; anything else in it is
    left as it stands, so that the check can name it.

    :raises CandidateError: `candidate-empty` or `candidate-undecodable`
    """
    if not content.strip():
        raise CandidateError("candidate-empty", "The file is empty")
    text, encoding = _decode(content)
    header, separator, rest = text.partition("\n")
    path = folder / "candidate.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(_names_header(header.rstrip("\r"), table) + "\n")
        target.write(rest if separator else "")
    return Candidate(path, encoding)


def _decode(content: bytes) -> tuple[str, str]:
    utf8, last = ENCODINGS
    try:
        return content.decode(utf8), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(last), last
    except UnicodeDecodeError as err:
        line = content.count(b"\n", 0, err.start) + 1
        raise CandidateError(
            "candidate-undecodable",
            f"Byte {err.start} is neither UTF-8 nor GB18030",
            row=line,
        ) from err


def _names_header(header: str, table: Table) -> str:
    names = {field["title"]: field["name"] for field in table.fields}
    labels = next(csv.reader([header]), [])
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(
        [names.get(label.strip(), label) for label in labels]
    )
    return line.getvalue()
