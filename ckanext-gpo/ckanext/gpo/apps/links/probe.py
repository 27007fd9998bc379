"""One question to a link: GET, with the fewest bytes read that tell whether it is there."""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from .guard import LinkError, resolve

TIMEOUT: Final = urllib3.Timeout(connect=5, read=5)
TOTAL_SECONDS: Final = 20
"""For all redirects together: whoever sends a byte now and then is not waited for."""

REDIRECTS: Final = 5
USER_AGENT: Final = "ckanext-gpo link check"

_LEADS_ON: Final = frozenset({301, 302, 303, 307, 308})
_PRESENT: Final = frozenset({401, 403, 405, 406, 429})
"""Answers that refuse a program, and say that something is there for people."""


def probe(link: str, *, private_allowed: bool = False) -> None:
    """Make sure that a link answers.

    :param private_allowed: ask addresses of private networks too, and without TLS
    :raises LinkError: it does not, or must not be asked
    """
    deadline = time.monotonic() + TOTAL_SECONDS
    for _ in range(REDIRECTS + 1):
        status, target = _ask(link, private_allowed=private_allowed)
        if status not in _LEADS_ON:
            if status >= 400 and status not in _PRESENT:
                raise LinkError("link-status", f"{link} answers {status}")
            return
        if time.monotonic() > deadline:
            raise LinkError("link-away", f"{link} takes too long")
        link = urljoin(link, target)
    raise LinkError("link-redirects", f"{link} leads on too often")


def _ask(link: str, *, private_allowed: bool) -> tuple[int, str]:
    """The status of an answer, and where it leads on to."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError as err:
        raise LinkError("link-malformed", str(err)) from err
    host = parts.hostname or ""
    is_plain = parts.scheme == "http"
    if not host or parts.scheme not in ("https", "http"):
        raise LinkError("link-malformed", link)
    if is_plain and not private_allowed:
        raise LinkError("link-malformed", f"{link} is without TLS")
    port = port or (80 if is_plain else 443)
    address = resolve(host, port, private_allowed=private_allowed)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Host": host if port in (80, 443) else f"{host}:{port}",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
    }
    try:
        with _pool(address, port, host, is_plain=is_plain) as pool:
            response = pool.urlopen(
                "GET",
                path,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            return _outcome(response)
    except SSLError as err:
        raise LinkError("link-certificate", str(err)) from err
    except (HTTPError, OSError, ValueError) as err:
        raise LinkError("link-away", str(err)) from err


def _pool(
    address: str, port: int, host: str, *, is_plain: bool
) -> HTTPConnectionPool | HTTPSConnectionPool:
    """Connections to one checked address, whose certificate is that of the host."""
    if is_plain:
        return HTTPConnectionPool(address, port, timeout=TIMEOUT)
    return HTTPSConnectionPool(
        address,
        port,
        timeout=TIMEOUT,
        server_hostname=host,
        assert_hostname=host,
        cert_reqs="CERT_REQUIRED",
    )


def _outcome(response: BaseHTTPResponse) -> tuple[int, str]:
    status, target = response.status, response.headers.get("Location", "")
    response.close()  # what it says is of no interest, however long it is
    return status, target
