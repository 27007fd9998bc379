"""Which encoding a text has: found once, over the whole file, and never by a guess.

UTF-8 or GB18030 is what offices send, UTF-16 what Excel calls "Unicode text". A damaged UTF-8
file also decodes as GB18030 now and then, to other characters; so what is nearly UTF-8 is
refused, and so is what decodes as GB18030 to characters that no Chinese text is made of.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Final

from ckanext.gpo.intake.steps import IntakeError, Place

from .limits import Limits
from .plausibility import implausible_guess, is_encoded_twice, is_plain_text

_CHUNK: Final = 1 << 20
_SAMPLE: Final = 1 << 18
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_THREE_BYTES: Final = re.compile(rb"(?:[\xe0-\xef][\x80-\xbf]{2})+")
"""A hanzi in UTF-8; in GB18030 text such triples hardly ever come about."""


@dataclass(frozen=True)
class Encoding:
    """The codec of a text file, and the bytes of its byte order mark."""

    name: str
    mark: int = 0


@dataclass(frozen=True)
class _Fault:
    """The first byte that cannot be decoded, counted from 1, and its line."""

    byte: int
    line: int


def find_encoding(path: Path, limits: Limits) -> Encoding:
    """The encoding in which the whole file decodes.

    :raises IntakeError: `encoding-damaged` or `encoding-unknown` with byte and line,
        `encoding-twice`, `encoding-implausible`, `text-nul`, `record-too-long`
    """
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
        encoding = _marked(start) or _unmarked_utf16(start)
        if encoding is None:
            _check_lines(stream, limits)
            encoding = _eight_bit(stream, start)
        elif fault := _first_fault(stream, encoding):
            raise _damaged(encoding.name, fault)
    _check_plausible(path, encoding)
    return encoding


def _marked(start: bytes) -> Encoding | None:
    for mark, name in _BOMS:
        if start.startswith(mark):
            return Encoding(name, len(mark))
    return None


def _unmarked_utf16(start: bytes) -> Encoding | None:
    """UTF-16 shows by the zero bytes of its ASCII characters, all on the same side."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even == odd or min(even, odd) * 20 > max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = start[: len(start) // 2 * 2].decode(name, "replace")
    return Encoding(name) if is_plain_text(text) else None


def _eight_bit(stream: IO[bytes], start: bytes) -> Encoding:
    utf8, gb18030 = Encoding("utf-8"), Encoding("gb18030")
    fault = _first_fault(stream, utf8)
    if fault is None:
        return utf8
    stream.seek(max(0, fault.byte - _SAMPLE // 2))
    if is_mostly_utf8(start) or is_mostly_utf8(stream.read(_SAMPLE)):
        raise _damaged("utf-8", fault)
    fault = _first_fault(stream, gb18030)
    if fault is None:
        return gb18030
    guess = implausible_guess(start)
    if guess:
        raise IntakeError("encoding-implausible", guess=guess)
    place = Place(row=fault.line)
    raise IntakeError("encoding-unknown", place, byte=fault.byte, line=fault.line)


def is_mostly_utf8(sample: bytes) -> bool:
    """Whether most bytes beyond ASCII are hanzi in UTF-8."""
    beyond_ascii = len(sample) - len(re.sub(rb"[\x80-\xff]", b"", sample))
    triples = sum(map(len, _THREE_BYTES.findall(sample)))
    return triples * 2 > beyond_ascii


def _damaged(encoding: str, fault: _Fault) -> IntakeError:
    facts = {"encoding": encoding, "byte": fault.byte, "line": fault.line}
    return IntakeError("encoding-damaged", Place(row=fault.line), **facts)


def _check_plausible(path: Path, encoding: Encoding) -> None:
    with path.open("rb") as stream:
        stream.seek(encoding.mark)
        raw = stream.read(_SAMPLE)
    # The sample may end within a character
    text = codecs.getincrementaldecoder(encoding.name)().decode(raw)
    if is_encoded_twice(text):
        raise IntakeError("encoding-twice")
    if encoding.name == "gb18030" and (guess := implausible_guess(raw)):
        raise IntakeError("encoding-implausible", guess=guess)


def _chunks(stream: IO[bytes], start: int) -> Iterator[bytes]:
    stream.seek(start)
    while chunk := stream.read(_CHUNK):
        yield chunk


def _first_fault(stream: IO[bytes], encoding: Encoding) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding.name)()
    position, line = encoding.mark, 1
    for chunk in chain(_chunks(stream, encoding.mark), [b""]):
        position += len(chunk)
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as err:
            # What is being decoded begins with what was left of the chunk before
            first = position - len(err.object)
            text = err.object[: err.start].decode(encoding.name, "ignore")
            return _Fault(first + err.start + 1, line + text.count("\n"))
    return None


def _check_lines(stream: IO[bytes], limits: Limits) -> None:
    length, line = 0, 1
    for chunk in _chunks(stream, 0):
        if b"\0" in chunk:
            line += chunk[: chunk.index(b"\0")].count(b"\n")
            raise IntakeError("text-nul", Place(row=line), line=line)
        newline = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        length = len(chunk) - newline - 1 if newline >= 0 else length + len(chunk)
        if length > limits.record:
            raise IntakeError(
                "record-too-long", Place(row=line), line=line, limit=limits.record
            )
        line += chunk.count(b"\n")
