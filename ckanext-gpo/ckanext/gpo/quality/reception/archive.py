"""Packed files: what is inside, unpacked no further than the limits allow.

What an archive says of its own size is not believed: everything is counted as it comes.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ckanext.gpo.common.errors import CandidateError

CHUNK = 1 << 20

UNPACKED = 4 << 30
"""Bytes that a candidate may have when it is unpacked: ten million rows and more."""

_MEMBERS = 1000
"""Files that an archive may hold; a workbook has some dozens."""

_XML_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
"""Every encoding that an XML reader has to know."""


def _spellings(text: str) -> tuple[bytes, ...]:
    return tuple(text.encode(encoding) for encoding in _XML_ENCODINGS)


_ENTITIES = _spellings("<!DOCTYPE") + _spellings("<!ENTITY")
_ERROR_CELL = _spellings('t="e"')
_OVERLAP = max(map(len, _ENTITIES + _ERROR_CELL)) - 1


def gunzip(path: Path, target: Path, limit: int = UNPACKED) -> None:
    """Unpack a gzip file.

    :raises CandidateError: `candidate-truncated`, `candidate-too-large`
    """
    try:
        with gzip.open(path) as source:
            _copy(source, target, limit)
    except EOFError as err:
        raise CandidateError("candidate-truncated", "The archive ends early") from err
    except (OSError, zlib.error) as err:
        raise CandidateError("candidate-damaged", "The archive is damaged") from err


def only_member(path: Path, target: Path, limit: int = UNPACKED) -> None:
    """Unpack the one file that a zip archive holds.

    :raises CandidateError: `candidate-archive` if it holds none or several
    """
    with _open(path) as book:
        files = [info for info in book.infolist() if not info.is_dir()]
        if len(files) != 1:
            raise CandidateError(
                "candidate-archive", f"The archive holds {len(files)} files, not one"
            )
        with _damage(), book.open(files[0]) as source:
            _copy(source, target, limit)


def is_workbook(path: Path) -> bool:
    with _open(path) as book:
        return "[Content_Types].xml" in book.namelist()


def inspect_workbook(path: Path, limit: int = UNPACKED) -> bool:
    """Read through the parts of an XLSX file once, before anything trusts them.

    :returns: whether a sheet holds error values (`#N/A`), which not every reader tells
    :raises CandidateError: `candidate-too-large`, `candidate-damaged`,
        `candidate-entities`, `candidate-external-links`
    """
    remaining, has_errors = limit, False
    with _open(path) as book:
        for info in book.infolist():
            if info.filename.startswith("xl/externalLinks/"):
                raise CandidateError(
                    "candidate-external-links", "The workbook takes values from others"
                )
            is_sheet = info.filename.startswith("xl/worksheets/sheet")
            seam = b""
            with _damage(), book.open(info) as source:
                for chunk in _chunks(source):
                    remaining -= len(chunk)
                    if remaining < 0:
                        raise _too_large(limit)
                    # A word may stand across the border of two chunks.
                    text = seam + chunk
                    if any(word in text for word in _ENTITIES):
                        raise CandidateError(
                            "candidate-entities", "The workbook defines XML entities"
                        )
                    has_errors |= is_sheet and any(c in text for c in _ERROR_CELL)
                    seam = text[-_OVERLAP:]
    return has_errors


def _open(path: Path) -> zipfile.ZipFile:
    try:
        book = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as err:
        raise CandidateError("candidate-damaged", "The archive is damaged") from err
    if len(book.infolist()) > _MEMBERS:
        raise CandidateError("candidate-archive", "The archive holds too many files")
    return book


class _damage:  # noqa: N801 - reads as a statement
    """Turns what zipfile raises on damaged members into ours."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, err: BaseException | None, trace: object) -> None:
        if isinstance(err, EOFError):
            raise CandidateError(
                "candidate-truncated", "The archive ends early"
            ) from err
        if isinstance(
            err, zipfile.BadZipFile | zlib.error | NotImplementedError | RuntimeError
        ):
            raise CandidateError("candidate-damaged", "The archive is damaged") from err


def _chunks(source: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, limit: int) -> None:
    remaining = limit
    with target.open("wb") as sink:
        for chunk in _chunks(source):
            remaining -= len(chunk)
            if remaining < 0:
                raise _too_large(limit)
            sink.write(chunk)


def _too_large(limit: int) -> CandidateError:
    return CandidateError(
        "candidate-too-large", f"Unpacked, the file is larger than {limit >> 20} MiB"
    )
