"""How large a file may be before reading it is refused."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The most that one file may hold.

    - `rows`, `columns`: of the table that is read; PostgreSQL holds 1,600 columns
    - `unpacked`: bytes of everything that is packed in it
    - `ratio`: unpacked to packed, looked at from `ratio_from` bytes on; what a bomb has
    - `record`: characters of one line; a boundary in GeoJSON has some hundred thousand
    - `members`: files in an archive; a workbook has some dozens
    - `document`: bytes of a file that can only be read whole (JSON, HTML, XML)
    """

    rows: int = 10_000_000
    columns: int = 1000
    unpacked: int = 4096 * _MIB
    ratio: int = 400
    ratio_from: int = 64 * _MIB
    record: int = 16 * _MIB
    members: int = 1000
    document: int = 256 * _MIB
