"""From which address a request comes when a proxy hands it on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address, ip_network


def request_address(environ: Mapping[str, str]) -> str:
    """The address that a WSGI request comes from.

    Who may say for whom a request came is gunicorn's own list, see gunicorn.conf.py.
    """
    return client_address(
        environ.get("REMOTE_ADDR", ""),
        environ.get("HTTP_X_FORWARDED_FOR", ""),
        os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"),
    )


def client_address(peer: str, forwarded_for: str, trusted: str) -> str:
    """The client's address: the proxy's word for it where the proxy is trusted.

    :param peer: who has connected; empty for a local socket
    :param forwarded_for: the X-Forwarded-For header; its last entry is the proxy's own
        word, those before it are whatever the client has sent
    :param trusted: proxies' addresses or networks, by commas; `*` for any
    """
    last = forwarded_for.rpartition(",")[2].strip()
    if last and _is_trusted(peer, trusted) and _parsed(last):
        return last
    return peer


def _is_trusted(peer: str, trusted: str) -> bool:
    entries = [entry.strip() for entry in trusted.split(",") if entry.strip()]
    if not peer or "*" in entries:
        return True
    address = _parsed(peer)
    return address is not None and any(
        address in ip_network(entry, strict=False) for entry in entries
    )


def _parsed(text: str):
    try:
        return ip_address(text)
    except ValueError:
        return None
