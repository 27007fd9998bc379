"""The one supervisor: starts in order, restarts what dies, stops in reverse order."""

from __future__ import annotations

import subprocess
import xmlrpc.client
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from launcher import waiting
from launcher.account import Account
from launcher.place import VENV, Place
from launcher.processes import is_alive
from launcher.programs import Program, log_path, supervisord_conf
from launcher.steps import StepError

_READY_SECONDS = 90
# The job worker finishes the job it is at; see its stop_seconds.
_STOP_SECONDS = 150


@dataclass(frozen=True)
class Supervisor:
    """supervisord of one site, spoken to through its socket."""

    place: Place

    def launch(
        self,
        programs: Sequence[Program],
        owner: Account,
        env: Mapping[str, str],
        *,
        outlives: bool,
    ) -> None:
        """Start supervisord; unless it `outlives` the launcher, it ends with it.

        Raises:
            StepError: it does not come up.
        """
        if not self.place.fits_socket:
            raise StepError(
                f"路径太长 · path too long for a socket: {self.place.socket}",
                hint="把检出目录移到较短的路径 · move the checkout to a shorter path",
            )
        owner.write(self.place.supervisor_conf, supervisord_conf(self.place, programs))
        command: list[str | Path] = [VENV / "bin" / "supervisord"]
        command += ["-c", self.place.supervisor_conf]
        if not outlives:
            command = ["setpriv", "--pdeathsig", "TERM", *command]
        log = self.place.logs / "supervisord.out"
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                start_new_session=True,
            )

        def check() -> None:
            if process.poll() is not None:
                raise StepError(
                    f"supervisord → {process.returncode}", hint=_see(log), log=log
                )

        if not waiting.until(self.is_up, seconds=_READY_SECONDS, check=check):
            raise StepError("supervisord 没有应答 · no answer", hint=_see(log), log=log)

    def is_up(self) -> bool:
        """Tell whether supervisord answers."""
        try:
            return self._call("getState")["statename"] == "RUNNING"
        except (OSError, xmlrpc.client.Error):
            return False

    def start(self, name: str) -> None:
        """Start a program; `await_ready` tells when it can be used."""
        self._call("startProcess", name, False)

    def await_ready(self, name: str, ready: Callable[[], bool] | None = None) -> None:
        """Wait until a program is `ready`, or without that, until it has stayed up.

        Raises:
            StepError: it ended, or is not ready in time.
        """
        log = log_path(name, self.place)

        def check() -> None:
            state = self.state(name)["statename"]
            if state not in {"STARTING", "RUNNING"}:
                raise StepError(f"{name}: {state}", hint=_see(log), log=log)

        def runs() -> bool:
            return self.state(name)["statename"] == "RUNNING"

        if not waiting.until(ready or runs, seconds=_READY_SECONDS, check=check):
            raise StepError(f"{name}: 未就绪 · not ready", hint=_see(log), log=log)

    def state(self, name: str) -> dict[str, Any]:
        """Return supervisord's view of one program."""
        return self._call("getProcessInfo", name)

    def states(self) -> list[dict[str, Any]]:
        """Return supervisord's view of every program."""
        return self._call("getAllProcessInfo")

    def pid(self) -> int:
        return self._call("getPID")

    def shut_down(self) -> bool:
        """Stop all in reverse order, then supervisord; tell whether it has ended."""
        pid = self.pid()
        self._call("shutdown")
        return waiting.until(
            lambda: not is_alive(pid), seconds=_STOP_SECONDS, check=lambda: None
        )

    def _call(self, method: str, *arguments: Any) -> Any:
        transport = SupervisorTransport(None, None, f"unix://{self.place.socket}")
        with xmlrpc.client.ServerProxy("http://supervisor", transport) as server:
            return getattr(server.supervisor, method)(*arguments)


def _see(log: Path) -> str:
    return f"查看日志后重试 · see the log, then try again: {log}"
