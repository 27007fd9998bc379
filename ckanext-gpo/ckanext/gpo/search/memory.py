"""Gives memory that a commit used back to the system."""

from __future__ import annotations

import ctypes
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
