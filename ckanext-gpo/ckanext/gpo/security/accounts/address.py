"""From which address a request comes when a proxy hands it on."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


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
