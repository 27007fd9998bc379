"""The wish to stop, known to every loop of this process.

A signal handler can only set a flag; ckanext-harvest passes nothing to a harvester that
could carry it, so the flag belongs to the process.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

from .failures import Interrupted

_stop = threading.Event()


def on_signals() -> None:
    """SIGTERM and SIGINT ask this process to stop."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        _stop.set()

    _stop.clear()
    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def request() -> None:
    _stop.set()


def requested() -> bool:
    return _stop.is_set()


def wait(seconds: float) -> None:
    """Pause, but not longer than until the wish to stop."""
    _stop.wait(seconds)


def check() -> None:
    """:raises Interrupted: the process is asked to stop"""
    if _stop.is_set():
        raise Interrupted
