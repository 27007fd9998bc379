"""What several threads ask for at once is computed by the first of them, for all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Sharing(Generic[T]):
    """Computations that are under way in this process, by name.

    Nothing is kept when they end; an error is shared, too.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[str, Future[T]] = {}

    def get(self, name: str, compute: Callable[[], T]) -> T:
        """The result of the computation of this name; not to be modified."""
        with self._lock:
            running = self._running.get(name)
            own = running or self._running.setdefault(name, Future[T]())
        if running:
            return running.result()
        try:
            result = compute()
        except BaseException as err:
            own.set_exception(err)
            raise
        else:
            own.set_result(result)
            return result
        finally:
            with self._lock:
                del self._running[name]
