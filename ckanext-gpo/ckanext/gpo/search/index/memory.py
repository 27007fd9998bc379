"""Memory that a commit used goes back to the system, and is not looked through for cycles."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import Any


@cache
def _trim() -> Any:
    # glibc's; another C library has its own ways and is left to them.
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


def return_memory() -> None:
    """Return free heap pages.

    The engine's writer works in threads of its own, and glibc keeps what each of them
    has used: after some commits 100 MB in every process that writes.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@contextmanager
def few_collections() -> Generator[None]:
    """Let the collector of cycles run a hundred times more rarely.

    Tokens are made by the million and hold no cycles; looking for some takes a sixth of
    the time of a rebuild.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(thresholds[0] * 100, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
