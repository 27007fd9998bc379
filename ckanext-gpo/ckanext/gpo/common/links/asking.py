"""One question to a link, at the address that was checked."""

from __future__ import annotations

import socket
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any, Final

import urllib3
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from .guard import LinkError
from .target import Target

TIMEOUT: Final = urllib3.Timeout(connect=5, read=5)
"""For each step. Whoever sends a byte now and then would never be given up by that."""

TOTAL_SECONDS: Final = 15
"""For a question and the reading of its answer."""


@contextmanager
def ask(
    link: str,
    headers: Mapping[str, str],
    *,
    body: bytes | None = None,
    private_allowed: bool = False,
    seconds: float = TOTAL_SECONDS,
) -> Generator[BaseHTTPResponse, None, None]:
    """The answer to a GET, or to a POST of a body; nothing of what it holds is read yet.

    :param private_allowed: ask addresses of private networks too, and without TLS
    :param seconds: after so long the connection ends, whatever has come
    :raises LinkError: there is none, or the link must not be asked
    """
    target = Target.parse(link, private_allowed=private_allowed)
    address = target.resolve(private_allowed=private_allowed)
    try:
        with _pool(target, address) as pool, _bound(pool, seconds) as is_over:
            response = pool.urlopen(
                "GET" if body is None else "POST",
                target.path,
                body,
                headers={"Host": target.host_header, **headers},
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            try:
                if is_over.is_set():  # what has come ends in the middle
                    raise TimeoutError(f"{link} takes too long")
                yield response
            finally:
                response.close()
    except SSLError as err:
        raise LinkError("link-certificate", str(err)) from err
    except (HTTPError, OSError, ValueError) as err:
        raise LinkError("link-away", str(err)) from err


def _pool(target: Target, address: str) -> HTTPConnectionPool | HTTPSConnectionPool:
    """Connections to one checked address, whose certificate is that of the host."""
    if target.is_plain:
        return HTTPConnectionPool(address, target.port, timeout=TIMEOUT)
    return HTTPSConnectionPool(
        address,
        target.port,
        timeout=TIMEOUT,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def _bound(pool: HTTPConnectionPool, seconds: float) -> Generator[Event, None, None]:
    """Let the connections of a pool end after so long, which the event tells."""
    is_over = Event()
    connect, connections = pool.ConnectionCls, list[HTTPConnection]()

    def remember(*args: Any, **kwargs: Any) -> Any:
        connection: Any = connect(*args, **kwargs)
        connections.append(connection)
        return connection

    def end() -> None:
        is_over.set()
        for connection in connections:
            if sock := connection.sock:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    pool.ConnectionCls = remember  # pyright: ignore[reportAttributeAccessIssue]
    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
