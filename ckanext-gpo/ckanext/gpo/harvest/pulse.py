"""A sign of life: a file that the consumer touches while it works or waits.

A process that hangs is still there; what watches it looks at the age of this file. It is
touched between two pieces of work and while the rows of one are read.
"""

from __future__ import annotations

import socket
import time

from . import config

_SECONDS = 5.0
_next = 0.0


def beat() -> None:
    """Touch the file of this host, at most once in five seconds."""
    global _next  # noqa: PLW0603 - the pulse is the process's
    now = time.monotonic()
    if now >= _next:
        _next = now + _SECONDS
        (config.spool() / f"pulse-{socket.gethostname()}").touch()
