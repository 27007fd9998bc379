"""A process of its own for a job, so that it may be killed."""

from __future__ import annotations

import os
from collections.abc import Callable

from ckan import model


def fork(work: Callable[[], object]) -> int:
    """Do it in another process, as a worker does its jobs; returns its id."""
    process = os.fork()
    if not process:
        try:
            model.meta.engine.dispose(close=False)
            work()
        finally:
            os._exit(0)
    return process
