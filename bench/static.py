"""nginx over a folder, as fast as a static server is."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

_SETTINGS = """\
daemon off;
pid {place}/nginx.pid;
error_log {place}/error.log;
worker_processes 2;
events {{}}
http {{
    access_log off;
    sendfile on;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
    }}
}}
"""
_READY_SECONDS = 10


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the files of a folder; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="gpo-nginx-") as place:
        settings = Path(place) / "nginx.conf"
        text = _SETTINGS.format(place=place, port=port, folder=folder)
        settings.write_text(text, encoding="utf-8")
        Path(place).chmod(0o755)
        folder.chmod(0o755)
        server = subprocess.Popen(["nginx", "-c", str(settings)])
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address)
            yield address
        finally:
            server.terminate()
            server.wait(_READY_SECONDS)


def _wait(address: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        try:
            requests.get(address, timeout=1)
        except requests.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
