"""The parts of an XLSX package: its sheets, their states, formats and what belongs to them."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ckanext.gpo.intake.kinds import markup
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.packing import check_size
from ckanext.gpo.intake.steps import IntakeError

from .formats import BUILT_IN

_CHUNK: Final = 1 << 18
"""Bytes that are looked at together: few enough to stay near the processor meanwhile."""

WHOLE: Final = 128 << 20
"""Bytes of what is read whole, at most; sheets and strings of XLSX are read in pieces."""

_ROOM: Final = 64 << 20
"""Bytes of parts that are kept unpacked."""

_LOCAL: Final = "{*}"


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells: its name, its part in the package, and whether people see it."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True)
class Package:
    """What the small parts of a workbook say.

    - `formats`: index of a cell's style → its number format
    - `strings`: the part of the shared strings, empty if there is none
    """

    sheets: Sequence[Sheet]
    formats: Sequence[str]
    date1904: bool
    strings: str


@contextmanager
def damage() -> Generator[None]:
    """Turn what readers raise on damaged workbooks into `file-damaged`."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        markup.MALFORMED,
        UnicodeDecodeError,
        EOFError,
        KeyError,
        IndexError,
        ValueError,
        NotImplementedError,
        OSError,
        struct.error,
    ) as err:
        raise IntakeError("file-damaged") from err
    except RuntimeError as err:
        # zipfile's word for a member with a password
        raise IntakeError("file-password") from err


def check_members(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """See that a package is no bomb.

    zipfile gives no more of a member than its directory says, so that these sums bind.
    """
    members = archive.infolist()
    if len(members) > limits.members:
        raise IntakeError("archive-members", limit=limits.members)
    check_size(sum(info.file_size for info in members), packed, limits)


def read_package(archive: zipfile.ZipFile) -> Package:
    """Read the parts that say what is in the others.

    :raises IntakeError: `file-damaged`, `xml-entities`
    """
    main = _main_part(archive)
    relations = read_relations(archive, main)
    book = read_xml(archive, main)
    sheets: list[Sheet] = []
    for element in book.iterfind(f"{_LOCAL}sheets/{_LOCAL}sheet"):
        kind, part = relations[_relation_id(element)]
        if kind == "worksheet":
            visible = element.get("state", "visible") == "visible"
            sheets.append(Sheet(element.get("name", ""), part, visible))
    properties = book.find(f"{_LOCAL}workbookPr")
    date1904 = properties is not None and properties.get("date1904") in ("1", "true")
    by_kind = dict(relations.values())
    formats = _formats(archive, by_kind.get("styles", ""))
    return Package(sheets, formats, date1904, by_kind.get("sharedStrings", ""))


def read_relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id → what kind of part, which part."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.NameToInfo:
        return {}
    relations: dict[str, tuple[str, str]] = {}
    for element in read_xml(archive, path):
        target = element.get("Target", "")
        place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        relations[element.get("Id", "")] = (kind, place)
    return relations


def read_xml(archive: zipfile.ZipFile, part: str) -> Any:
    """A small part whole, as an lxml element.

    :raises IntakeError: `xml-entities`
    """
    return markup.parse(read_part(archive, part))


def read_part(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part whole.

    :raises IntakeError: `document-too-large`, it is no part of an honest workbook
    """
    if archive.getinfo(part).file_size > WHOLE:
        raise IntakeError("document-too-large", limit=WHOLE >> 20)
    return archive.read(part)


def read_chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A large part piece by piece.

    :raises IntakeError: `xml-entities`
    """
    with archive.open(part) as stream:
        chunk = stream.read(_CHUNK)
        markup.refuse_entities(chunk)
        while chunk:
            yield chunk
            chunk = stream.read(_CHUNK)


class Chunks:
    """Large parts piece by piece; what is not too large is unpacked but once.

    That begins at once, in a thread: unpacking leaves the interpreter free meanwhile.
    """

    def __init__(self, archive: zipfile.ZipFile, parts: Iterable[str]) -> None:
        self._unpacked: dict[str, Future[bytes]] = {}
        room = _ROOM
        thread = ThreadPoolExecutor(1, "unpack")
        for part in parts:
            size = archive.getinfo(part).file_size
            if size <= room and part not in self._unpacked:
                room -= size
                self._unpacked[part] = thread.submit(archive.read, part)
        thread.shutdown(wait=False)

    def read(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        """See `read_chunks`."""
        if part not in self._unpacked:
            return read_chunks(archive, part)
        content = self._unpacked[part].result()
        markup.refuse_entities(content)
        starts = range(0, len(content), _CHUNK)
        return (content[start : start + _CHUNK] for start in starts)


def open_archive(path: Path) -> zipfile.ZipFile:
    """A zip archive that is closed by `with`."""
    with damage():
        return zipfile.ZipFile(path)


def _main_part(archive: zipfile.ZipFile) -> str:
    root = dict(read_relations(archive, "").values())
    return root.get("officeDocument", "xl/workbook.xml")


def _relation_id(element: Any) -> str:
    for key, value in element.attrib.items():
        if key.endswith("}id") and "relationships" in key:
            return value
    return ""


def _formats(archive: zipfile.ZipFile, part: str) -> list[str]:
    if part not in archive.NameToInfo:
        return []
    styles = read_xml(archive, part)
    own: Mapping[int, str] = {
        int(element.get("numFmtId", "")): element.get("formatCode", "")
        for element in styles.iterfind(f"{_LOCAL}numFmts/{_LOCAL}numFmt")
    }
    codes: list[str] = []
    for element in styles.iterfind(f"{_LOCAL}cellXfs/{_LOCAL}xf"):
        number = int(element.get("numFmtId", 0))
        codes.append(own.get(number, BUILT_IN.get(number, "General")))
    return codes
