"""A stretch of a file that a server sends without reading it (sendfile), or reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

PIECE: Final = 1 << 20


class FilePart:
    """A part of a file, as WSGI's file wrapper takes it: open where it begins.

    :param start: byte at which it begins
    :param length: how many bytes it has
    :param end: called when it is closed
    """

    def __init__(
        self,
        path: Path,
        start: int,
        length: int,
        end: Callable[[], None] | None = None,
    ) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(start)
        self._remaining = length
        self._end = end

    def fileno(self) -> int:
        """The open file, at the byte that is sent next."""
        return self._file.fileno()

    def read(self, size: int = PIECE) -> bytes:
        """The next bytes of the part; none at its end."""
        piece = self._file.read(min(size, self._remaining)) or b""
        self._remaining -= len(piece)
        return piece

    def seek(self, position: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(position, whence)

    def close(self) -> None:
        self._file.close()
        if self._end:
            self._end()
