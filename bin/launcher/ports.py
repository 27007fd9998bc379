"""Ports on loopback: which are free, and which one a service gets."""

from __future__ import annotations

import errno
import socket
from collections.abc import Container
from pathlib import Path

HOST = "127.0.0.1"
_TCP = Path("/proc/net/tcp")
_LISTEN = "0A"
# Below the range from which the kernel takes the near end of outgoing connections.
_LAST = 32767


def is_free(port: int) -> bool:
    """Tell whether a server could listen there; raises PermissionError below 1024."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def first_free(start: int, taken: Container[int] = ()) -> int:
    """Return the first port from `start` on that is free and not in `taken`.

    Raises:
        OSError: there is none.
    """
    for port in range(start, _LAST):
        if port not in taken and is_free(port):
            return port
    raise OSError(errno.EADDRINUSE, f"no free port from {start} to {_LAST}")


def holder(port: int) -> str:
    """Name the process that listens on `port`, or return "" where that can't be seen."""
    inodes = {
        f"socket:[{fields[9]}]"
        for fields in map(str.split, _TCP.read_text().splitlines()[1:])
        if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port
    }
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            target = str(handle.readlink())
        except OSError:
            continue  # it ended, or it is another user's
        if target in inodes:
            process = handle.parents[1]
            return f"{(process / 'comm').read_text().strip()}, PID {process.name}"
    return ""
