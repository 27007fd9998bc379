"""How far something has come, for a person who watches or for a log."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

LOG_EVERY = 10.0
SHOW_EVERY = 0.2


class Progress:
    """Counts, and tells at most every some seconds; `tell` is given a line each time."""

    def __init__(
        self,
        tell: Callable[[str], object],
        *,
        every: float = LOG_EVERY,
        end: str = "",
    ) -> None:
        self._tell = tell
        self._every = every
        self._end = end

    def start(self, total: int) -> None:
        self.total, self.count = total, 0
        self._started = self._last_told = time.monotonic()

    def step(self) -> None:
        self.count += 1
        now = time.monotonic()
        if now - self._last_told >= self._every:
            self._last_told = now
            self._tell(self.line())

    def end(self) -> None:
        self._tell(self.line() + self._end)

    def line(self) -> str:
        seconds = time.monotonic() - self._started
        rate = self.count / seconds if seconds else 0
        return f"Indexing dataset {self.count}/{self.total} ({rate:.0f}/s)"


def silent_progress() -> Progress:
    return Progress(lambda _: None)


def terminal_progress() -> Progress:
    """One line that changes on a terminal, else a line every ten seconds."""
    if click.get_text_stream("stdout").isatty():
        return Progress(_over_the_last, every=SHOW_EVERY, end="\n")
    return Progress(click.echo)


def _over_the_last(line: str) -> None:
    click.echo(f"\r\033[K{line}", nl=False)
