"""Files that can only be read whole, and texts that a library wants in UTF-8."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import IO, Final

from ckanext.gpo.intake.steps import IntakeError

from .encodings import Encoding
from .limits import Limits


def read_whole(path: Path, limits: Limits) -> bytes:
    """All bytes of a file.

    :raises IntakeError: `document-too-large`
    """
    if path.stat().st_size > limits.document:
        raise IntakeError("document-too-large", limit=limits.document >> 20)
    return path.read_bytes()


class Utf8Stream:
    """A text file of any encoding as a stream of UTF-8 bytes, without a byte order mark."""

    _CHUNK: Final = 1 << 16

    def __init__(self, stream: IO[bytes], encoding: Encoding) -> None:
        stream.seek(encoding.mark)
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding.name)()
        self._buffer = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, `size` at most; all that are left if it is negative."""
        while size < 0 or len(self._buffer) < size:
            chunk = self._stream.read(self._CHUNK)
            self._buffer += self._decoder.decode(chunk, final=not chunk).encode()
            if not chunk:
                break
        size = len(self._buffer) if size < 0 else size
        piece, self._buffer = self._buffer[:size], self._buffer[size:]
        return piece
