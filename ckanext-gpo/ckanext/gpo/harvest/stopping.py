"""The wish to stop, known to every loop of this process.

A signal handler can only set a flag; ckanext-harvest passes nothing to a harvester that
could carry it, so the flag belongs to the process.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from .failures import Interrupted

_stop = threading.Event()
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def on_signals() -> Generator[None]:
    """SIGTERM and SIGINT ask this process to stop, as long as the context lasts."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        _stop.set()

    clear()
    handlers = {each: signal.signal(each, ask) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)


def request() -> None:
    _stop.set()


def clear() -> None:
    _stop.clear()


def is_requested() -> bool:
    return _stop.is_set()


def wait(seconds: float) -> None:
    """Pause, but not longer than until the wish to stop."""
    _stop.wait(seconds)


def check() -> None:
    """:raises Interrupted: the process is asked to stop"""
    if _stop.is_set():
        raise Interrupted
