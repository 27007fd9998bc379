"""Links are asked at public addresses only, and nobody keeps a question going."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from ckanext.gpo.common.links import LinkError, Target, ask, is_public_address

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0"),
    *("fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1"),
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public(address: str):
    assert not is_public_address(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address: str):
    assert is_public_address(address)


@pytest.mark.parametrize(
    ("link", "target", "header"),
    [
        ("https://a.example", ("a.example", 443, "/"), "a.example"),
        ("https://a.example:8443/x?y=1#z", ("a.example", 8443, "/x?y=1"), None),
        ("https://a.example:80/", ("a.example", 80, "/"), "a.example:80"),
        ("https://[2400::1]:8443/x", ("2400::1", 8443, "/x"), "[2400::1]:8443"),
    ],
)
def test_the_parts_of_a_link(
    link: str, target: tuple[str, int, str], header: str | None
):
    parsed = Target.parse(link)

    assert (parsed.host, parsed.port, parsed.path) == target
    assert parsed.host_header == (header or "a.example:8443")


@pytest.fixture
def trickle() -> Iterator[int]:
    """The port of a server that sends a byte of its answer now and then, without end."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    stop.set()
    thread.join()
    listener.close()


def test_who_sends_a_byte_now_and_then_is_given_up(trickle: int):
    link = f"http://127.0.0.1:{trickle}/"

    with pytest.raises(LinkError) as refusal:  # noqa: SIM117
        with ask(link, {}, private_allowed=True, seconds=0.2):
            pass

    assert refusal.value.code == "link-away"
