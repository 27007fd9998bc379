"""XLSX files, read row by row; what they unpack to is known before they are opened."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from ckanext.gpo.harvest import config

from .file_failures import FileError
from .grid import Grid, Span

_CHUNK = 1 << 20
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']"
)
_DAMAGED = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
    NotImplementedError,
)


def open_grid(path: Path, name: str, sheet: str | None, limit: int) -> Grid:
    """The rows of a sheet, the first visible one unless it is named.

    :param limit: the most bytes that the file may unpack to
    :raises FileError: `source-file-too-large`, `source-file-unreadable` or
        `source-sheet-missing`
    """
    with _readable(name):
        _check_size(path, name, limit)
        with _workbook(path) as workbook:
            title = _sheet(workbook, name, sheet)
            # openpyxl tells merged cells only to those who load the whole sheet.
            # Only the reader's sheets have it, which openpyxl's types do not know.
            place: str = getattr(workbook[title], "_worksheet_path")  # noqa: B009
            spans = _spans(path, place)
            epoch = workbook.epoch
    return Grid(
        label=f"{name} · {title}",
        rows=_rows(path, name, title),
        spans=spans,
        epoch=epoch,
        facts={"sheet": title},
    )


def _rows(path: Path, name: str, title: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    with _readable(name), _workbook(path) as workbook:
        sheet = workbook[title]
        # Some programs write a wrong extent, which would cut columns off.
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(values_only=True), 1)


@contextmanager
def _workbook(path: Path) -> Generator[openpyxl.Workbook]:
    # As a stream: by its path, openpyxl would judge the file by its name.
    with path.open("rb") as stream:
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        with closing(workbook):
            yield workbook


def _sheet(workbook: openpyxl.Workbook, name: str, sheet: str | None) -> str:
    titles = [sheet.title for sheet in workbook.worksheets]
    if sheet is None:
        visible = (s for s in workbook.worksheets if s.sheet_state == "visible")
        return next(visible, workbook.worksheets[0]).title
    for title in titles:
        if title.strip() == sheet.strip():
            return title
    raise FileError(
        "source-sheet-missing", file=name, sheet=sheet, sheets="、".join(titles)
    )


def _check_size(path: Path, name: str, limit: int) -> None:
    # zipfile never yields more than the size in the directory, so that it binds.
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > limit:
            raise FileError(
                "source-file-too-large",
                file=name,
                limit=limit // config.MIB,
                option="ckanext.gpo.harvest.max_unpacked_size",
            )


def _spans(path: Path, member: str) -> Span:
    with zipfile.ZipFile(path) as archive, archive.open(member.lstrip("/")) as stream:
        tail, ended = b"", False
        while chunk := stream.read(_CHUNK):
            tail += chunk
            if not ended:
                end = max(tail.find(b"sheetData>"), tail.find(b"sheetData/>"))
                ended = tail.find(b"/sheetData>") >= 0 or tail.find(b"sheetData/>") >= 0
                tail = tail[end:] if ended else tail[-32:]
    return {
        (int(top), column_index_from_string(first.decode()) - 1): int(bottom)
        for first, top, _right, bottom in _MERGED.findall(tail)
        if top != bottom
    }


@contextmanager
def _readable(name: str) -> Generator[None]:
    try:
        yield
    except _DAMAGED as err:
        raise FileError(
            "source-file-unreadable",
            file=name,
            reason="damaged",
        ) from err
