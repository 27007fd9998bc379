"""wrk, which asks one address over and over: Debian's package."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}
_TIME = r"([0-9.]+)(us|ms|s|m)"


@dataclass(frozen=True)
class Load:
    """What wrk has seen: seconds of an answer, answers, and those that were none."""

    median: float
    p99: float
    count: int
    failures: int
    seconds: float


def load(address: str, *, clients: int, seconds: int) -> Load:
    """Let that many connections ask for an address as fast as they are answered."""
    answer = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "60s"]
        + [address],
        capture_output=True,
        text=True,
        check=True,
    )
    text = answer.stdout
    errors = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text
    )
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        median=_time(rf"50%\s+{_TIME}", text),
        p99=_time(rf"99%\s+{_TIME}", text),
        count=int(_match(r"(\d+) requests in", text)[1]),
        failures=sum(map(int, errors.groups() if errors else ()))
        + int(refused[1] if refused else 0),
        seconds=_time(rf"requests in {_TIME}", text),
    )


def _time(pattern: str, text: str) -> float:
    number, unit = _match(pattern, text).groups()
    return float(number) * _UNITS[unit]


def _match(pattern: str, text: str) -> re.Match[str]:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk says something else:\n{text}")
    return match
