"""Ports on loopback: reserved from choice to use, and who listens on them."""

from __future__ import annotations

import errno
import socket
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
_PROC = Path("/proc")
_LISTEN = "0A"
# As /proc/net/tcp and tcp6 write them: 127.0.0.1 and everything.
_ADDRESSES = {
    "0100007F",
    "00000000",
    "0" * 32,
    "0000000000000000FFFF00000100007F",
}
# Below the range from which the kernel takes the near end of outgoing connections.
_LAST = 32767


class Reservation:
    """Ports that no other program can take until they are released.

    A site's ports are chosen minutes before its servers start. Until then a socket listens
    on each of them; what connects meanwhile is never answered.
    """

    def __init__(self) -> None:
        self._sockets: dict[int, socket.socket] = {}

    def __enter__(self) -> Reservation:
        return self

    def __exit__(self, *_: object) -> None:
        for port in list(self._sockets):
            self.release(port)

    def take(self, port: int) -> bool:
        """Reserve `port`; return False where another server has it.

        Raises:
            PermissionError: below 1024, for anyone but root.
        """
        holder = socket.socket()
        try:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind((HOST, port))
            holder.listen(1)
        except OSError as error:
            holder.close()
            if error.errno == errno.EADDRINUSE:
                return False
            raise
        self._sockets[holder.getsockname()[1]] = holder
        return True

    def first_free(self, start: int) -> int:
        """Reserve the first port from `start` on that is free.

        Raises:
            OSError: there is none.
        """
        for port in range(start, _LAST):
            if self.take(port):
                return port
        raise OSError(errno.EADDRINUSE, f"no free port from {start} to {_LAST}")

    def release(self, port: int) -> None:
        """Let go of `port`, for the server that starts next; one not reserved stays so."""
        if holder := self._sockets.pop(port, None):
            holder.close()


@contextmanager
def reserve() -> Generator[Reservation]:
    """Reserve ports until the end of the block."""
    with Reservation() as reservation:
        yield reservation


def listeners(port: int) -> Mapping[int, str]:
    """Return the processes that listen on `port`, PID to name.

    Empty where nobody listens, and where the listener belongs to a user whose processes
    can't be seen.
    """
    inodes = {f"socket:[{inode}]" for inode in _listening(port)}
    if not inodes:
        return {}
    names: dict[int, str] = {}
    for handle in _PROC.glob("[0-9]*/fd/*"):
        process = handle.parents[1]
        try:
            if str(handle.readlink()) in inodes:
                names[int(process.name)] = (process / "comm").read_text().strip()
        except OSError:
            continue  # it ended, or it is another user's
    return names


def in_use(port: int) -> bool:
    """Tell whether anyone listens on `port`."""
    return any(True for _ in _listening(port))


def holder(port: int) -> str:
    """Name the process that listens on `port`, or return "" where that can't be seen."""
    return ", ".join(f"{name}, PID {pid}" for pid, name in listeners(port).items())


def _listening(port: int) -> Iterator[str]:
    """Yield the inode of every socket that takes connections to `port` of this host."""
    for table in ("tcp", "tcp6"):
        try:
            lines = (_PROC / "net" / table).read_text().splitlines()[1:]
        except FileNotFoundError:
            continue  # a kernel without IPv6
        for fields in map(str.split, lines):
            address, _, number = fields[1].rpartition(":")
            if (
                fields[3] == _LISTEN
                and int(number, 16) == port
                and address in _ADDRESSES
            ):
                yield fields[9]
