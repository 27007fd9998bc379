"""CSV files as offices export them: encoding found once, decoded strictly."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .file_failures import FileError
from .grid import Grid

_CHUNK = 1 << 16
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# GB18030 text breaks UTF-8 within its first characters; after this many that were
# fine, the file is a damaged UTF-8 one, which GB18030 would turn into other characters.
_SURELY_UTF8 = 8


def open_grid(path: Path, name: str) -> Grid:
    """The rows of a CSV file.

    :raises FileError: `source-encoding-unknown`
    """
    with path.open("rb") as stream:
        encoding = detect(stream, name)
    return Grid(
        label=name,
        rows=_rows(path, encoding, name),
        facts={"encoding": encoding},
        ragged=True,
    )


def detect(stream: IO[bytes], name: str) -> str:
    """UTF-8 or GB18030, or what the byte order mark says; the whole file is decoded.

    :raises FileError: `source-encoding-unknown` with position and line
    """
    start = stream.read(4)
    marked = next((enc for bom, enc in _BOMS.items() if start.startswith(bom)), None)
    fault = _fault(stream, marked or "utf-8")
    if fault is None:
        return marked or "utf-8"
    if marked or fault.characters >= _SURELY_UTF8:
        raise fault.error(name, marked or "utf-8")
    fault = _fault(stream, "gb18030")
    if fault is None:
        return "gb18030"
    raise fault.error(name, "gb18030")


class _Fault:
    """The first byte that cannot be decoded."""

    def __init__(self, position: int, line: int, characters: int) -> None:
        self.position = position
        self.line = line
        self.characters = characters

    def error(self, name: str, encoding: str) -> FileError:
        return FileError(
            "source-encoding-unknown",
            file=name,
            encoding="UTF-8 or GB18030" if encoding == "gb18030" else encoding,
            position=self.position,
            line=self.line,
        )


def _fault(stream: IO[bytes], encoding: str) -> _Fault | None:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    position, line, characters = 0, 1, 0
    while True:
        chunk = stream.read(_CHUNK)
        # What the decoder still holds of the chunk before counts from its own start.
        buffered = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as err:
            good = err.object[: err.start]
            characters += sum(byte >= 0xC0 for byte in good)
            return _Fault(
                position - buffered + err.start, line + good.count(b"\n"), characters
            )
        if not chunk:
            return None
        position += len(chunk)
        line += text.count("\n")
        characters += len(text) - sum(map(str.isascii, text))


def _rows(path: Path, encoding: str, name: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="") as stream:
        delimiter = _delimiter(stream)
        try:
            yield from enumerate(csv.reader(stream, delimiter=delimiter), 1)
        except csv.Error as err:
            raise FileError(
                "source-file-unreadable", file=name, reason=str(err)
            ) from err


def _delimiter(stream: IO[str]) -> str:
    """A comma, unless the first lines hold only tabs (Excel's Unicode text)."""
    start = stream.read(4096)
    stream.seek(0)
    return "\t" if "\t" in start and "," not in start else ","
