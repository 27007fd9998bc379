"""Packed files: gzip, and a zip archive that holds one table.

What an archive says of its own size is not believed: everything is counted as it comes.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import IO, Final

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.steps import IntakeError

from .limits import Limits
from .tally import Tally

_CHUNK: Final = 1 << 20
_LITTER: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_README: Final = (
    ".txt",
    ".md",
    ".doc",
    ".docx",
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".url",
)
"""What lies beside a table and is none, by its name: a table's own text is CSV."""

_UTF8_NAME: Final = 0x800
_BOXES: Final = re.compile("[\u2500-\u259f]")
_ENCRYPTED: Final = 0x1


def gunzip(path: Path, target: Path, limits: Limits, tally: Tally) -> None:
    """Unpack a gzip file.

    :raises IntakeError: `file-partial`, `file-damaged`, `unpacked-too-large`
    """
    with _damage(), gzip.open(path) as source:
        _copy(source, target, path.stat().st_size, limits)
    tally.add("gzip-unpacked")


def unzip(
    path: Path, target: Path, declaration: Declaration, limits: Limits, tally: Tally
) -> None:
    """Unpack the one table that a zip archive holds.

    :raises IntakeError: `archive-empty`, `archive-several`, `file-password`,
        `file-damaged`, `unpacked-too-large`
    """
    with _damage(), zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) > limits.members:
            raise IntakeError("archive-members", limit=limits.members)
        info = _only_table(members, declaration.archive_member, tally)
        if info.flag_bits & _ENCRYPTED:
            raise IntakeError("file-password")
        with archive.open(info) as source:
            _copy(source, target, info.compress_size, limits)
    tally.add("zip-unpacked", member=member_name(info))


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name as it was meant: Windows writes it in GBK without saying so.

    zipfile reads what is not marked as UTF-8 as code page 437; programs that repack such an
    archive mark what they read in the same way, which frames and box corners give away.
    """
    name = info.filename
    if info.flag_bits & _UTF8_NAME and not _BOXES.search(name):
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _only_table(
    members: Sequence[zipfile.ZipInfo], pattern: str, tally: Tally
) -> zipfile.ZipInfo:
    names = {member_name(info): info for info in members}
    litter = [name for name in names if _is_litter(name)]
    if litter:
        tally.add("archive-litter-ignored", count=len(litter), members=_join(litter))
    others = [name for name in names if name not in litter]
    if pattern:
        tables = [name for name in others if fnmatch(PurePosixPath(name).name, pattern)]
    else:
        tables = [name for name in others if not name.lower().endswith(_README)]
        # A lone text file is the table itself
        tables = tables or (others if len(others) == 1 else [])
    if not tables:
        raise IntakeError("archive-empty", members=_join(others), pattern=pattern)
    if len(tables) > 1:
        raise IntakeError("archive-several", count=len(tables), members=_join(tables))
    companions = [name for name in others if name not in tables]
    if companions:
        tally.add(
            "archive-readme-ignored", count=len(companions), members=_join(companions)
        )
    return names[tables[0]]


def _is_litter(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        "__MACOSX" in path.parts
        or path.name.lower() in _LITTER
        or path.name.startswith(("._", "~$"))
    )


def _join(names: Sequence[str]) -> str:
    return "、".join(names[:10]) + ("…" if len(names) > 10 else "")


@contextmanager
def _damage() -> Generator[None]:
    """Turn what damaged archives raise into ours."""
    try:
        yield
    except EOFError as err:
        raise IntakeError("file-partial") from err
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        IndexError,
        OSError,
    ) as err:
        raise IntakeError("file-damaged") from err


def _copy(
    source: IO[bytes] | gzip.GzipFile, target: Path, packed: int, limits: Limits
) -> None:
    total = 0
    with target.open("wb") as sink:
        while chunk := source.read(_CHUNK):
            total += len(chunk)
            check_size(total, packed, limits)
            sink.write(chunk)


def check_size(unpacked: int, packed: int, limits: Limits) -> None:
    """See that what comes out of an archive is no bomb.

    :raises IntakeError: `unpacked-too-large`, `unpacked-ratio`
    """
    if unpacked > limits.unpacked:
        raise IntakeError("unpacked-too-large", limit=limits.unpacked >> 20)
    if unpacked > limits.ratio_from and unpacked > packed * limits.ratio:
        raise IntakeError("unpacked-ratio", limit=limits.ratio)
