"""Readers who take nothing of an answer, against gunicorn as every site has it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from launcher import ports, waiting

ROOT = Path(__file__).parents[2]

PATIENCE = 60
"""Seconds after which a busy machine is taken for one that hangs."""

APPLICATION = """
from pathlib import Path

HERE = Path(__file__).parent

class Endless:
    def __iter__(self):
        return self
    def __next__(self):
        return bytes(1 << 20)
    def close(self):
        HERE.joinpath("closed").touch()

class Large:
    def __init__(self):
        self.file = HERE.joinpath("large").open("rb")
    def fileno(self):
        return self.file.fileno()
    def read(self, size):
        return self.file.read(size)
    def close(self):
        self.file.close()
        HERE.joinpath("closed").touch()

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    match environ["PATH_INFO"]:
        case "/endless":
            return Endless()
        case "/file":
            return environ["wsgi.file_wrapper"](Large(), 1 << 20)
        case _:
            return [b"quick"]
"""

# As every site is served, but for the application, and what CKAN is asked before.
SETTINGS = f"""
import runpy
from pathlib import Path

settings = runpy.run_path({str(ROOT / "config/gunicorn.conf.py")!r})
globals().update({{k: v for k, v in settings.items() if not k.startswith("__")}})
wsgi_app = "answers:application"
pythonpath = str(Path(__file__).parent)
del on_starting, pre_fork
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """A server with one thread, whose readers may pause for a second."""
    (tmp_path / "answers.py").write_text(APPLICATION)
    (tmp_path / "settings.py").write_text(SETTINGS)
    with (tmp_path / "large").open("wb") as large:
        large.truncate(1 << 30)
    reservation = ports.Reservation()
    port = reservation.first_free(25000)
    reservation.release(port)
    env = {
        **os.environ,
        "GPO_BIND": f"127.0.0.1:{port}",
        "GPO_WEB_WORKERS": "1",
        "GPO_WEB_THREADS": "1",
        "GPO_SEND_TIMEOUT": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", tmp_path / "settings.py"]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, env=env, stdout=log, stderr=log) as server,
    ):
        try:
            assert waiting.until(
                lambda: ports.in_use(port), seconds=PATIENCE, check=_alive(server)
            )
            yield "127.0.0.1", port
        finally:
            server.terminate()


def _alive(server: subprocess.Popen[bytes]) -> Callable[[], None]:
    def check() -> None:
        assert server.poll() is None

    return check


@pytest.mark.parametrize("path", ["/endless", "/file"])
def test_a_reader_who_takes_nothing_does_not_keep_the_thread(
    served: tuple[str, int], tmp_path: Path, path: str
):
    with closing(socket.create_connection(served)) as reader:
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert reader.recv(15) == b"HTTP/1.1 200 OK"

        # the only thread writes to the one who does not read
        host, port = served
        answer = requests.get(f"http://{host}:{port}/", timeout=PATIENCE)

        assert answer.text == "quick"
        assert (tmp_path / "closed").exists()
