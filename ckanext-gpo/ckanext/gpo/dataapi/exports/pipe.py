"""What DuckDB writes, handed on while it writes.

A COPY into a pipe is several times as fast as rows that Python sees, and stops where the
reader stops: nothing piles up.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, Final

import duckdb

from ckanext.gpo.common.duck import literal

PIECE: Final = 1 << 20
"""Bytes that a pipe holds, if the system lets it."""


class Pieces(Iterator[bytes]):
    """The bytes that a COPY writes. Has to be closed, before the connection is.

    :param query: its rows are written, with `values` as its parameters
    :param options: of COPY
    :param folder: the connection may write in it
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        query: str,
        values: Sequence[Any],
        options: str,
        folder: Path,
    ) -> None:
        path = folder / "pipe"
        os.mkfifo(path)
        # With both ends open none waits for the other, whichever of the two fails first.
        self._reading: int | None = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self._writing = os.open(path, os.O_WRONLY)
        os.set_blocking(self._reading, True)
        _widen(self._reading)
        self._connection = connection
        self._error: duckdb.Error | None = None
        self._statement = (
            f"COPY ({query}) TO {literal(str(path))} ({options}, USE_TMP_FILE false)"
        )
        self._values = list(values)
        self._thread = Thread(target=self._write, name="gpo-export", daemon=True)
        self._thread.start()

    def __next__(self) -> bytes:
        """The next piece.

        :raises duckdb.Error: there would be more, but it cannot be written
        """
        piece = os.read(self._reading, PIECE) if self._reading is not None else b""
        if piece:
            return piece
        self.close()
        if self._error:
            raise self._error
        raise StopIteration

    def close(self) -> None:
        """End the writing, if it has not ended yet."""
        if self._reading is None:
            return
        os.close(self._reading)  # whoever writes on is told so
        self._reading = None
        if self._thread.is_alive():
            self._connection.interrupt()
        self._thread.join()

    def _write(self) -> None:
        try:
            self._connection.execute(self._statement, self._values)
        except duckdb.Error as err:
            self._error = err
        finally:
            os.close(self._writing)


def _widen(pipe: int) -> None:
    try:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIECE)
    except OSError:
        return  # beyond what one account may have: a smaller one does as well
