"""The real nginx on our files, in front of servers that stand for `web`."""

from __future__ import annotations

import getpass
import http.client
import http.server
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from dnslib import RR, A
from dnslib.server import DNSServer
from launcher import ports, waiting
from launcher.place import ROOT

NGINX = "/usr/sbin/nginx"
SECONDS = 30


class Names:
    """A name server that knows one name, for a moment."""

    address = "127.0.0.2"

    def resolve(self, request, _handler):
        reply = request.reply()
        reply.add_answer(RR(request.q.qname, ttl=1, rdata=A(self.address)))
        return reply


class Web(http.server.BaseHTTPRequestHandler):
    """Answers with its own address and with what it was asked; datasets are public."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)  # before the answer, which a test may act upon
        body = f"{self.server.server_address[0]} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/file":
            self.send_header("X-Accel-Redirect", "/_versions/1/rows.csv")
            self.send_header("ETag", '"sum"')
            self.send_header("Repr-Digest", "sha-256=:sum:")
        if self.path.startswith("/dataset/"):
            self.send_header("Cache-Control", "public, max-age=60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def names() -> Iterator[tuple[Names, int]]:
    known = Names()
    server = DNSServer(known, address="127.0.0.1", port=0)
    server.start_thread()
    yield known, server.server.server_address[1]
    server.stop()
    server.server.server_close()


@pytest.fixture
def webs() -> Iterator[int]:
    """Two servers on one port of two addresses: `web` before and after an update."""
    first = http.server.ThreadingHTTPServer(("127.0.0.2", 0), Web)
    port = first.server_address[1]
    second = http.server.ThreadingHTTPServer(("127.0.0.3", port), Web)
    for server in (first, second):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield port
    for server in (first, second):
        server.shutdown()
        server.server_close()


class Nginx:
    """nginx on the files of the repository, with only addresses replaced."""

    def __init__(self, folder: Path, upstream: str) -> None:
        with ports.reserve() as reservation:
            self.http = reservation.first_free(27600)
            self.https = reservation.first_free(self.http + 1)
        site = (ROOT / "config/nginx/gpo.conf").read_text()
        for old, new in (
            ("listen [::]:80;", ""),
            ("listen [::]:443 ssl http2;", ""),
            ("listen 80;", f"listen 127.0.0.1:{self.http};"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.https} ssl http2;"),
            ("/etc/gpo/tls", str(folder)),
            ("/var/log/nginx", str(folder)),
            ("/var/cache/nginx", str(folder)),
            ("/var/lib/gpo/storage", str(folder)),
        ):
            assert old in site
            site = site.replace(old, new)
        self.conf = folder / "nginx.conf"
        self.conf.write_text(
            # the temporary folder is closed to nginx's own user
            f"user {getpass.getuser()};\n"
            f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
            "events {}\nhttp {\n"
            + "".join(
                f"{kind}_temp_path {folder}/{kind};\n"
                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            )
            + f"{upstream}\n{site}\n}}\n"
        )
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
            + ["-subj", "/CN=data.example.gov.cn", "-keyout", folder / "privkey.pem"]
            + ["-out", folder / "fullchain.pem"],
            check=True,
            capture_output=True,
        )
        self.process = subprocess.Popen([NGINX, "-c", self.conf])

    def get(self, path: str, **headers: str) -> str:
        with self.open(path, **headers) as answer:
            return answer.read().decode()

    def open(self, path: str, **headers: str) -> http.client.HTTPResponse:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        address = f"https://127.0.0.1:{self.https}{path}"
        request = urllib.request.Request(address, headers=headers)
        return urllib.request.urlopen(request, context=trusting, timeout=10)

    def answers(self, path: str, text: str) -> bool:
        def check() -> None:
            assert self.process.poll() is None, "nginx has ended"

        def answered() -> bool:
            try:
                return self.get(path) == text
            except OSError:
                return False

        return waiting.until(answered, seconds=SECONDS, check=check)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(SECONDS)


def test_in_containers_nginx_finds_the_new_web_after_an_update(
    names: tuple[Names, int], webs: int, tmp_path: Path
):
    known, port = names
    upstream = (ROOT / "docker/upstream.conf").read_text()
    assert "127.0.0.11 valid=5s" in upstream
    assert "web:5000" in upstream
    upstream = upstream.replace("127.0.0.11 valid=5s", f"127.0.0.1:{port} valid=1s")
    nginx = Nginx(tmp_path, upstream.replace("web:5000", f"web:{webs}"))
    try:
        path = "/api/3/a%20b?q=%E4%B8%AD&x=/%2F"
        assert nginx.answers(path, f"127.0.0.2 {path}")

        known.address = "127.0.0.3"

        assert nginx.answers(path, f"127.0.0.3 {path}")
    finally:
        nginx.stop()


def test_without_containers_nginx_passes_requests_as_they_came(
    webs: int, tmp_path: Path
):
    upstream = (ROOT / "config/nginx/upstream.conf").read_text()
    assert "127.0.0.1:5000" in upstream
    upstream = upstream.replace("127.0.0.1:5000", f"127.0.0.2:{webs}")
    nginx = Nginx(tmp_path, upstream)
    try:
        path = "/api/3/action/package_search?q=%E4%B8%AD&x=/%2F"
        assert nginx.answers(path, f"127.0.0.2 {path}")
    finally:
        nginx.stop()


def test_a_public_page_is_fetched_once_and_logs_hold_no_query(
    webs: int, tmp_path: Path
):
    upstream = (ROOT / "config/nginx/upstream.conf").read_text()
    nginx = Nginx(tmp_path, upstream.replace("127.0.0.1:5000", f"127.0.0.2:{webs}"))
    try:
        page, private = "/dataset/x?q=secret", "/user/me"
        assert nginx.answers(page, f"127.0.0.2 {page}")
        Web.asked.clear()

        for _ in range(3):
            nginx.get(page)
            nginx.get(private)
        assert Web.asked == [private] * 3

        Web.asked.clear()
        nginx.get(page, Cookie="ckan=1")
        nginx.get(page, Authorization="token")
        assert Web.asked == [page] * 2
    finally:
        nginx.stop()
    log = (tmp_path / "access.log").read_text()
    assert "/dataset/x" in log
    assert "secret" not in log


def test_files_are_sent_by_nginx_where_the_platform_says_so(webs: int, tmp_path: Path):
    upstream = (ROOT / "config/nginx/upstream.conf").read_text()
    nginx = Nginx(tmp_path, upstream.replace("127.0.0.1:5000", f"127.0.0.2:{webs}"))
    file = tmp_path / "versions" / "1" / "rows.csv"
    file.parent.mkdir(parents=True)
    file.write_text("0123456789")
    try:
        assert nginx.answers("/file", "0123456789")
        with nginx.open("/file", Range="bytes=2-4") as answer:
            assert (answer.status, answer.read()) == (206, b"234")
            assert answer.headers["ETag"] == '"sum"'
            assert answer.headers["Repr-Digest"] == "sha-256=:sum:"
        with pytest.raises(urllib.error.HTTPError) as refused:
            nginx.get("/_versions/1/rows.csv")
        assert refused.value.code == 404
    finally:
        nginx.stop()
