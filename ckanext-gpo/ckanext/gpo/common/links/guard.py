"""Which addresses may be asked: those of the public Internet. Pure but for the resolver."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from ckanext.gpo.common.errors import GpoError

_NAT64: Final = IPv6Network("64:ff9b::/96")


class LinkError(GpoError):
    """A link does not answer, or must not be asked; `code` says why:

    `link-malformed`, `link-unresolved`, `link-private`, `link-redirects`,
    `link-certificate`, `link-status`, `link-away`
    """


def is_public_address(text: str) -> bool:
    """Whether an IP address belongs to the public Internet.

    An IPv6 address that carries an IPv4 one is what it carries.
    """
    address = _plain(ip_address(text.partition("%")[0]))
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def resolve(host: str, port: int, *, private_allowed: bool) -> str:
    """The address of a host to which a connection may be made.

    :raises LinkError: `link-unresolved` or `link-private`
    """
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        raise LinkError("link-unresolved", f"{host}: {err}") from err
    addresses = [str(entry[4][0]) for entry in entries]
    if not addresses:
        raise LinkError("link-unresolved", host)
    # all of them: a name that has one private address has no business here
    if not private_allowed and not all(map(is_public_address, addresses)):
        raise LinkError("link-private", f"{host} is not public")
    return addresses[0]


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address):
        if carried := address.ipv4_mapped or address.sixtofour:
            return carried
        if address.teredo:
            return address.teredo[1]
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
