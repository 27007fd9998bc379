"""Has a scanner look at a file for malware before anybody reads it."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

CLEAN, INFECTED = 0, 1
"""The exit codes by which clamscan and its kin say whether they have found something."""

_LONGEST_WORDS = 2_000


class ScanError(Exception):
    """The scanner gave no verdict: it is not there, takes too long, or has failed."""


def is_infected(path: Path, command: Sequence[str], seconds: int) -> bool:
    """Whether a scanner finds malware in a file.

    :param command: the program and its arguments; the path is put behind them
    :raises ScanError: there is no verdict
    """
    # into a file: what a scanner has begun and left behind would hold a pipe open for good
    with tempfile.TemporaryFile() as words:
        try:
            process = subprocess.Popen(  # noqa: S603 - the operator's own program, without a shell
                [*command, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=words,
                start_new_session=True,
            )
        except OSError as err:
            raise ScanError(str(err)) from err
        try:
            code = process.wait(seconds)
        except BaseException as err:
            # a job that is stopped leaves no scanner behind
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(err, subprocess.TimeoutExpired):
                raise ScanError(str(err)) from err
            raise
        if code not in (CLEAN, INFECTED):
            words.seek(0)
            reason = words.read(_LONGEST_WORDS).decode(errors="replace").strip()
            raise ScanError(f"{command[0]} ended with {code}: {reason}")
    return code == INFECTED
