"""The records of an XLS workbook that say more than xlrd tells: its formulas.

A formula's record always has a place for its value: a number, a truth value, an error, a
text or a blank text. Programs that write formulas but do not calculate (xlwt does so) put a
blank text there, which a program that did calculate writes for `=IF(A1="","",A1)` as well.
What tells them apart: such a program names no engine that calculated the workbook, and none
of its formulas has a result.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import xlrd  # pyright: ignore[reportMissingTypeStubs]

_BEGINS: Final = (0x0009, 0x0209, 0x0409, 0x0809)
_END: Final = 0x000A
_ENGINE: Final = 0x01C1
"""`RecalcId`: which engine calculated the workbook last."""

_FORMULAS: Final = (0x0006, 0x0206, 0x0406)
_NO_NUMBER: Final = b"\xff\xff"
_BLANK_TEXT: Final = 3
_EXPRESSION: Final = 22
"""Where the expression begins in a formula's record from BIFF 3 on; its length stands before."""

_OF_CELL: Final = 1
"""xlrd's word for the formula of one cell."""


def open_book(path: Path, *, on_demand: bool = False) -> Any:
    """xlrd's workbook, with formats and what is hidden.

    :param on_demand: leave the sheets, and the file open for `_records`
    :raises xlrd.biffh.XLRDError: it is none, or encrypted
    """
    with Path(os.devnull).open("w") as log:
        open_ = partial(
            xlrd.open_workbook,
            str(path),
            log,
            formatting_info=True,
            ragged_rows=True,
            on_demand=on_demand,
        )
        try:
            return open_()
        except UnicodeDecodeError:
            # BIFF 5 of a program that did not say its code page
            return open_(encoding_override="gb18030")


def uncalculated_formulas(path: Path, sheet: int) -> Mapping[tuple[int, int], str]:
    """The formulas of a sheet, counted from 0, if nothing ever calculated them.

    :returns: row and column, from 0 → the formula, as `=SUM(A1:A3)`; empty if their values
        are stored
    """
    book = open_book(path, on_demand=True)
    try:
        if any(kind == _ENGINE for kind, _ in _records(book, book.base)):
            return {}
        records = [
            body
            for kind, body in _records(book, book._sh_abs_posn[sheet])
            if kind in _FORMULAS
        ]
        if not all(map(_has_blank_text, records)):
            return {}
        with Path(os.devnull).open("w") as book.logfile:
            return dict(_formula(book, body) for body in records)
    finally:
        book.release_resources()


def _records(book: Any, position: int) -> Iterator[tuple[int, bytes]]:
    """The records of the stream that begins there, without charts that lie within it."""
    depth = 0
    while position + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, position)
        start = position + 4
        position = start + length
        depth += (kind in _BEGINS) - (kind == _END)
        if depth == 0:
            return
        if depth == 1:
            yield kind, bytes(book.mem[start:position])


def _has_blank_text(body: bytes) -> bool:
    return body[12:14] == _NO_NUMBER and body[6] == _BLANK_TEXT


def _formula(book: Any, body: bytes) -> tuple[tuple[int, int], str]:
    row, column = struct.unpack_from("<HH", body)
    (length,) = struct.unpack_from("<H", body, _EXPRESSION - 2)
    text: str | None = None
    # It is only shown; xlrd does not know every expression that there is
    with suppress(Exception):
        text = xlrd.formula.decompile_formula(
            book, body[_EXPRESSION:], length, _OF_CELL, browx=row, bcolx=column
        )
    return (row, column), f"={text or ''}"
