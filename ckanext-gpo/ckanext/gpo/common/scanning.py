"""Has a scanner look at a candidate for malware before anybody reads it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

CLEAN, INFECTED = 0, 1
"""The exit codes by which clamscan and its kin say whether they have found something."""


class ScanError(Exception):
    """The scanner gave no verdict: it is not there, takes too long, or has failed."""


def is_infected(path: Path, command: Sequence[str], seconds: int) -> bool:
    """Whether a scanner finds malware in a file.

    :param command: the program and its arguments; the path is put behind them
    :raises ScanError: there is no verdict
    """
    try:
        process = subprocess.run(  # noqa: S603 - the operator's own program, without a shell
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as err:
        raise ScanError(str(err)) from err
    if process.returncode not in (CLEAN, INFECTED):
        words = process.stderr.decode(errors="replace").strip()
        raise ScanError(f"{command[0]} ended with {process.returncode}: {words}")
    return process.returncode == INFECTED
