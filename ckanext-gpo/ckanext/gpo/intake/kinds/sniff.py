"""What a file is, told by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

import olefile  # pyright: ignore[reportMissingTypeStubs]

from ckanext.gpo.intake.steps import IntakeError

HEAD: Final = 4096
"""Bytes at the start of a file that tell what it is."""

ZIP: Final = (b"PK\3\4", b"PK\5\6")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    # BIFF without its container, as very old programs write it
    (b"\x09\x08\x10\x00", "xls"),
    (b"\x09\x08\x08\x00", "xls"),
)
_UNREADABLE: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "file-pdf"),
    (b"{\\rtf", "file-word"),
    (b"\x89PNG", "file-picture"),
    (b"\xff\xd8\xff", "file-picture"),
    (b"GIF8", "file-picture"),
    (b"II*\0", "file-picture"),
    (b"MM\0*", "file-picture"),
    (b"BM", "file-picture"),
    (b"RIFF", "file-picture"),
    (b"Rar!", "archive-kind"),
    (b"7z\xbc\xaf", "archive-kind"),
    (b"\xfd7zXZ", "archive-kind"),
    (b"BZh", "archive-kind"),
    (b"\x28\xb5\x2f\xfd", "archive-kind"),
    (b"MZ", "file-program"),
    (b"\x7fELF", "file-program"),
)
_DAMAGE: Final = (
    OSError,
    ValueError,
    RuntimeError,
    IndexError,
    EOFError,
    zlib.error,
)
"""What zipfile raises on damaged archives, beside `BadZipFile` where their end is not there."""

_ALSO_TEXT: Final = (b"BM", b"MZ", b"BZh", b"RIFF", b"Rar!", b"GIF8")
"""Beginnings that a text may have too; then no NUL byte follows."""

_DBASE: Final = b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\xcb\xf5\xfb"
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HTML: Final = re.compile(
    r"<(!doctype\s+html|html|head|body|table|meta|style|div|center|script|title)\b",
    re.IGNORECASE,
)
_SPREADSHEETML: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_JSON: Final = re.compile(r"\{\s*[\"}]|\[\s*([\[{\"\d\]-]|true|false|null|$)")
_WEB_ARCHIVE: Final = re.compile(r"MIME-Version:.*multipart/related", re.DOTALL)


def sniff(path: Path) -> str:
    """The kind of a file, one of `kinds.KINDS` or `gzip`, `zip`.

    :raises IntakeError: it is none of these; the code says what it is
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise IntakeError("file-zeros" if b"\0" in head else "file-empty")
    if head.startswith(ZIP):
        return _zip_kind(path)
    if head.startswith(OLE):
        return _ole_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    _refuse_unreadable(head)
    if _is_dbase(head, size):
        return "dbf"
    return text_kind(_start(head))


def text_kind(start: str) -> str:
    """The kind of a text by its first characters."""
    start = start.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if _SPREADSHEETML in start:
            return "spreadsheetml"
        return "html" if _HTML.search(start) else "xml"
    if _JSON.match(start):
        return "json"
    if _WEB_ARCHIVE.match(start):
        raise IntakeError("file-web-archive")
    return "csv"


def _start(head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    # All markup is ASCII; a UTF-16 file without its mark shows by every other byte
    return head.replace(b"\0", b"").decode("latin-1")


def _refuse_unreadable(head: bytes) -> None:
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise IntakeError("file-picture")
    for magic, code in _UNREADABLE:
        if head.startswith(magic) and (magic not in _ALSO_TEXT or b"\0" in head):
            raise IntakeError(code)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(HEAD)
    except zipfile.BadZipFile as err:
        raise IntakeError("file-partial") from err
    except _DAMAGE as err:
        raise IntakeError("file-damaged") from err
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise IntakeError("file-word")
    if "[Content_Types].xml" not in names:
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        raise IntakeError("file-word")
    if any(name.startswith("ppt/") for name in names):
        raise IntakeError("file-slides")
    return "xlsx"


def _ole_kind(path: Path) -> str:
    try:
        with olefile.OleFileIO(str(path)) as book:
            streams = {"/".join(parts) for parts in book.listdir()}
    except (OSError, ValueError, IndexError, RecursionError) as err:
        raise IntakeError("file-partial") from err
    if "EncryptedPackage" in streams:
        raise IntakeError("file-password")
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    if "WordDocument" in streams:
        raise IntakeError("file-word")
    if "PowerPoint Document" in streams:
        raise IntakeError("file-slides")
    raise IntakeError("file-unknown")


def _is_dbase(head: bytes, size: int) -> bool:
    """The header says where the records begin, how long one is, and when it was changed."""
    if len(head) < 32 or head[0] not in _DBASE:
        return False
    month, day = head[2], head[3]
    records = int.from_bytes(head[4:8], "little")
    start = int.from_bytes(head[8:10], "little")
    length = int.from_bytes(head[10:12], "little")
    return (
        month <= 12
        and day <= 31
        and start >= 65
        and length > 0
        and start <= size <= start + (records + 1) * length + 1024
    )
