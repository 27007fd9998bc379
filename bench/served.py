"""A site that serves what the databases of this run hold, as in use: behind gunicorn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).parents[1]
READY_SECONDS = 60


@contextmanager
def serving(
    *arguments: str, env: Mapping[str, str] | None = None
) -> Iterator[tuple[str, Path]]:
    """Run gunicorn with the settings of every site; yield its address and its log.

    :param arguments: options of gunicorn that differ
    :raises RuntimeError: it does not answer
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        tempfile.TemporaryDirectory(prefix="gpo-served-") as folder,
    ):
        port = listener.getsockname()[1]
        log = Path(folder) / "gunicorn.log"
        # It inherits the port that is held here, so nobody else can take it meanwhile.
        descriptor = listener.fileno()
        command = [
            *(sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.conf.py"),
            *("--bind", f"fd://{descriptor}", *arguments),
        ]
        with log.open("wb") as output:
            server = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                pass_fds=[descriptor],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, server, log)
            yield address, log
        finally:
            server.terminate()
            server.wait(READY_SECONDS)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    url = f"{address}/api/3/action/status_show"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            requests.get(url, timeout=READY_SECONDS).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"gunicorn does not answer:\n{log.read_text()}")
