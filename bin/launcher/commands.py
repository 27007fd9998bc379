"""Running a command for a step: its output goes to a log, its failure becomes a StepError."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launcher.place import ROOT
from launcher.steps import StepError


@dataclass(frozen=True)
class Runner:
    """Runs commands with one environment, as one user, into one folder of logs.

    `identity` holds subprocess's `user`, `group` and `extra_groups`; empty means the caller.
    """

    logs: Path
    env: Mapping[str, str] | None = None
    identity: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __call__(
        self,
        args: Sequence[str | Path],
        *,
        log: str,
        hint: str,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Run `args` to its end, appending what it prints to `<log>.log`.

        Raises:
            StepError: it can't be started or ends with another code than 0.
        """
        path = self.logs / f"{log}.log"
        words = [str(word) for word in args]
        try:
            with path.open("ab") as output:
                output.write(f"$ {shlex.join(words)}\n".encode())
                output.flush()
                code = subprocess.run(
                    words,
                    input=None if stdin is None else stdin.encode(),
                    stdin=subprocess.DEVNULL if stdin is None else None,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd=ROOT,
                    env={**(self.env or {}), **env} if env else self.env,
                    check=False,
                    **self.identity,
                ).returncode
        except OSError as error:
            raise StepError(f"{words[0]}: {error.strerror}", hint=hint) from error
        if code:
            raise StepError(f"{words[0]} → {code}", hint=hint, log=path)
