"""Places for what is done at the same time: so many on this machine, so many for one client.

A place is a lock of the kernel on one byte of a file that stays empty. The kernel takes it
back with the process that holds it, however that ends: no place has to expire, and Redis is
not asked.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

_CLIENT: Final = 1 << 10
"""Bytes that each client has to itself; the first ones belong to all."""
_CLIENTS: Final = 1 << 50

_FLOCK: Final = "hhqqi4x"
"""The C struct `flock`: type, whence, start, length, process."""


class Place:
    """The right to begin, until it is released or its process ends."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def release(self) -> None:
        self._file.close()


def take(path: Path, most: int, client: str = "", of_client: int = 0) -> Place | None:
    """A place, or None if all of them are taken.

    :param path: the file that is locked; made if there is none
    :param most: how many places there are
    :param client: whose place it is; empty for one who may have all of them
    :param of_client: how many of them one client may have
    """
    file = path.open("ab", buffering=0)
    ranges = [range(most)]
    if client:
        start = _start(client)
        ranges.insert(0, range(start, start + of_client))
    if all(_lock_one(file, places) for places in ranges):
        return Place(file)
    file.close()  # with it goes what was locked
    return None


def _start(client: str) -> int:
    digest = hashlib.sha256(client.encode()).digest()
    number = int.from_bytes(digest[:8], "big") % _CLIENTS
    return (number + 1) * _CLIENT


def _lock_one(file: BinaryIO, places: Iterable[int]) -> bool:
    return any(_lock(file, place) for place in places)


def _lock(file: BinaryIO, place: int) -> bool:
    """Lock a byte for an open file (not for the process, whose threads would share it)."""
    described = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, place, 1, 0)
    try:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, described)
    except BlockingIOError:
        return False
    return True
