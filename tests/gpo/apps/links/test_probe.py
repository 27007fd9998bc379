"""Nobody uses the check of a link to reach what is not public."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ckanext.gpo.apps import links
from ckanext.gpo.common.links import LinkError, guard


class Site(BaseHTTPRequestHandler):
    """Answers by its path, and keeps what it was asked."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        parts = self.path.strip("/").split("/", 1)
        status = int(parts[0]) if parts[0].isdigit() else 200
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", parts[1] if len(parts) > 1 else "/200")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Stay silent."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def probe(site: ThreadingHTTPServer, path: str, *, private_allowed: bool) -> str:
    """The code of the refusal; empty if the link answers."""
    link = f"http://127.0.0.1:{site.server_port}{path}"
    try:
        links.probe(link, private_allowed=private_allowed)
    except LinkError as err:
        return err.code
    return ""


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/", ""),
        ("/200", ""),
        ("/403", ""),
        ("/429", ""),
        ("/404", "link-status"),
        ("/500", "link-status"),
        ("/302//200", ""),
        ("/302//404", "link-status"),
        ("/302//302//302//302//302//302//200", "link-redirects"),
        ("/302/file:///etc/passwd", "link-malformed"),
        ("/302/gopher://127.0.0.1:6379/_x", "link-malformed"),
        ("/302/http://[::1", "link-malformed"),
    ],
)
def test_what_a_link_answers(site: ThreadingHTTPServer, path: str, code: str):
    assert probe(site, path, private_allowed=True) == code


def test_without_permission_not_even_a_connection_is_made(site: ThreadingHTTPServer):
    port = site.server_port
    for link in (
        f"https://127.0.0.1:{port}/",
        f"https://localhost:{port}/",
        f"https://[::1]:{port}/",
        f"https://2130706433:{port}/",
        f"https://0x7f.1:{port}/",
        f"https://127.1:{port}/",
        f"https://[::ffff:127.0.0.1]:{port}/",
    ):
        with pytest.raises(LinkError) as refusal:
            links.probe(link)
        assert refusal.value.code in ("link-private", "link-unresolved"), link
    assert site.asked == []  # type: ignore[attr-defined]


class Names:
    """A resolver whose answers change from one question to the next."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = answers
        self.questions: list[str] = []

    def __call__(self, host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        self.questions.append(host)
        listed = self._answers.get(host.replace(".", "_"))
        if listed is None:
            return resolve_numeric(host, port)
        addresses = listed.pop(0) if len(listed) > 1 else listed[0]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]


_getaddrinfo = socket.getaddrinfo


def resolve_numeric(host: str, port: int) -> list[Any]:
    """Addresses are what they are; other names are not known."""
    flags = socket.AI_NUMERICHOST
    return _getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)


def test_a_host_that_has_one_private_address_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
):
    names = Names(mixed_example=[["1.1.1.1", "10.0.0.1"]])
    monkeypatch.setattr(guard.socket, "getaddrinfo", names)

    with pytest.raises(LinkError) as refusal:
        links.probe("https://mixed.example/")

    assert refusal.value.code == "link-private"


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch, site: ThreadingHTTPServer
):
    """DNS rebinding: a second question would be answered otherwise, and is not put."""
    names = Names(rebind_example=[["127.0.0.1"], ["10.255.255.1"]])
    monkeypatch.setattr(guard.socket, "getaddrinfo", names)

    links.probe(f"http://rebind.example:{site.server_port}/200", private_allowed=True)

    assert names.questions.count("rebind.example") == 1
    host = f"rebind.example:{site.server_port}"
    assert site.asked == [("/200", host)]  # type: ignore[attr-defined]


def test_each_redirect_is_a_new_question(
    monkeypatch: pytest.MonkeyPatch, site: ThreadingHTTPServer
):
    """A public page that leads on to a private address does not lead us there."""
    monkeypatch.setattr(guard, "is_public_address", lambda text: text == "127.0.0.1")
    names = Names(public_example=[["127.0.0.1"]], inside_example=[["169.254.169.254"]])
    monkeypatch.setattr(guard.socket, "getaddrinfo", names)

    target = "https://inside.example/latest/meta-data"
    with pytest.raises(LinkError) as refusal:
        links.probe(_led(monkeypatch, target))

    assert refusal.value.code == "link-private"
    assert names.questions == ["public.example", "inside.example"]


def _led(monkeypatch: pytest.MonkeyPatch, target: str) -> str:
    """A public link whose page leads on to a target."""

    class Answer:
        status = 302
        headers = {"Location": target}

        def close(self) -> None:
            """Nothing is open."""

    monkeypatch.setattr(
        "urllib3.connectionpool.HTTPConnectionPool.urlopen", lambda *_, **__: Answer()
    )
    return "https://public.example/"


@pytest.mark.parametrize(
    "link", ["http://public.example/", "ftp://public.example/", "https:///x", "x"]
)
def test_only_tls_links_of_a_host_are_asked(link: str):
    with pytest.raises(LinkError) as refusal:
        links.probe(link)

    assert refusal.value.code == "link-malformed"


def test_a_host_without_a_valid_certificate_is_told(
    monkeypatch: pytest.MonkeyPatch, site: ThreadingHTTPServer
):
    """The certificate is that of the name, though the connection goes to an address."""
    monkeypatch.setattr(guard, "is_public_address", lambda _: True)
    names = Names(plain_example=[["127.0.0.1"]])
    monkeypatch.setattr(guard.socket, "getaddrinfo", names)

    with pytest.raises(LinkError) as refusal:
        links.probe(f"https://plain.example:{site.server_port}/")

    assert refusal.value.code == "link-certificate"
