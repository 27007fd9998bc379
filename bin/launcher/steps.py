"""Progress for the person who waits: a line for every step, with its time.

`StepError` is the only way a step fails that is told to a person: what failed, the end of
the log that explains it, and what to do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_LOG_LINES = 15


class StepError(Exception):
    """A step failed; the reason is the message.

    Args:
        reason: what failed, for a person.
        hint: what to do about it.
        log: the file whose last lines explain it.
    """

    def __init__(self, reason: str, *, hint: str, log: Path | None = None) -> None:
        super().__init__(reason)
        self.hint = hint
        self.log = log


class Step:
    """One step under way."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self.outcome = ""

    def note(self, text: str) -> None:
        """Say how far it has come."""
        self._steps.line(text)


class Steps:
    """The steps of one command, in the order in which they are shown."""

    def __init__(self, stream: TextIO = sys.stdout) -> None:
        self._stream = stream
        self._open = False

    @contextmanager
    def step(self, title: str, english: str) -> Generator[Step]:
        """Show a step while it runs, and its time when it is done."""
        started = time.monotonic()
        self._write(f"▸ {title} · {english} …")
        self._open = True
        step = Step(self)
        try:
            yield step
        except BaseException:
            self._close(f"✗ {_took(started)}")
            raise
        self._close(f"✓ {_took(started)}{'  ' + step.outcome if step.outcome else ''}")

    def line(self, text: str) -> None:
        """Add a line below the step that is under way."""
        self._write(f"\n    {text}\n" if self._open else f"    {text}\n")
        self._open = False

    def _close(self, text: str) -> None:
        self._write(f" {text}\n" if self._open else f"  {text}\n")
        self._open = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def explain(error: StepError, stream: TextIO = sys.stderr) -> None:
    """Tell a person what failed, why, and what to do."""
    print(f"\n失败 · Failed: {error}", file=stream)
    if error.log and error.log.exists():
        lines = error.log.read_text(errors="replace").splitlines()
        print(f"日志末尾 · End of {error.log}:", file=stream)
        for line in lines[-_LOG_LINES:]:
            print(f"    {line}", file=stream)
    print(f"怎么办 · What to do: {error.hint}", file=stream)


def _took(started: float) -> str:
    return f"{time.monotonic() - started:.1f} s"
