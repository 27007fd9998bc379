"""What stands before and after the cells of an XLSX sheet: columns, merges, filters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ckanext.gpo.intake.grid import Merge
from ckanext.gpo.intake.steps import IntakeError

from .package import WHOLE
from .view import Frame

_COLUMN: Final = re.compile(r"<(?:\w+:)?col\s([^>]*)>")
_MERGE: Final = re.compile(
    r"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']"
)
_FILTER: Final = re.compile(r"<(?:\w+:)?filterColumn\b")
_PREFIX: Final = re.compile(r"<(\w+:)worksheet\b")
_START: Final = b"sheetData"
_END: Final = b"sheetData>"
ATTRIBUTE: Final = re.compile(r"(?<![\w:])([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


@dataclass(frozen=True)
class XmlFrame(Frame):
    """`prefix` stands before the sheet's XML names, as in `x:`."""

    prefix: str = ""


def column_number(letters: str) -> int:
    """The column that letters name, from 1.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def read_frame(chunks: Iterable[bytes]) -> XmlFrame:
    """Read a sheet but for its cells."""
    head, tail = _around_cells(chunks)
    prefix = _PREFIX.search(head)
    merges = [
        Merge(int(top), column_number(first), int(bottom), column_number(last))
        for first, top, last, bottom in _MERGE.findall(tail)
    ]
    return XmlFrame(
        [span for match in _COLUMN.findall(head) if (span := _hidden_span(match))],
        merges,
        _FILTER.search(tail) is not None,
        prefix[1] if prefix else "",
    )


def is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _hidden_span(attributes: str) -> tuple[int, int] | None:
    values = dict(ATTRIBUTE.findall(attributes))
    if is_true(values.get("hidden")) or values.get("width") == "0":
        return int(values["min"]) - 1, int(values["max"]) - 1
    return None


def _around_cells(chunks: Iterable[bytes]) -> tuple[str, str]:
    head, tail, seam = b"", b"", b""
    in_head, in_tail = True, False
    for chunk in chunks:
        if len(head) + len(tail) > WHOLE:
            raise IntakeError("document-too-large", limit=WHOLE >> 20)
        if in_tail:
            tail += chunk
            continue
        text = seam + chunk
        if in_head:
            head += chunk
            start = head.find(_START)
            if start < 0:
                continue
            in_head, text, head = False, head[start + len(_START) :], head[:start]
        end = text.rfind(_END)
        if end >= 0 or text.startswith(b"/>"):
            in_tail, tail = True, text[end:] if end >= 0 else text
        seam = text[-len(_END) :]
    return head.decode("utf-8", "replace"), tail.decode("utf-8", "replace")
