"""Whose calls are counted together."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

PREFIX: Final = 64
"""Of IPv6: what one household or office has to itself."""


def network(address: str) -> str:
    """The address whose calls are counted; of IPv6 the network that it belongs to."""
    parsed = ip_address(address)
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, PREFIX), strict=False))


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address belongs to one of the networks.

    What connects by a local socket has no address, and belongs to the machine.
    """
    if not address:
        return True
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return any(parsed in ip_network(each, strict=False) for each in networks)
