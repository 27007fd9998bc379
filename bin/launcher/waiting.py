"""Waiting for something that another process brings about."""

from __future__ import annotations

import time
from collections.abc import Callable

_PAUSE = 0.2


def until(
    ready: Callable[[], bool], *, seconds: float, check: Callable[[], None]
) -> bool:
    """Ask `ready` until it is so; return False when `seconds` have passed.

    `check` is called in between and raises if there is nothing left to wait for.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        check()
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
