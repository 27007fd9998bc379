"""The client's address is the proxy's word only where the proxy is trusted."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.web.address import client_address

LOCAL = "127.0.0.1,::1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("127.0.0.1", "198.51.100.7", LOCAL, "198.51.100.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.7", LOCAL, "198.51.100.7"),
        ("203.0.113.9", "6.6.6.6", LOCAL, "203.0.113.9"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.0/24", "6.6.6.6"),
        ("203.0.113.9", "6.6.6.6", "*", "6.6.6.6"),
        ("", "198.51.100.7", LOCAL, "198.51.100.7"),
        ("127.0.0.1", "", LOCAL, "127.0.0.1"),
        ("127.0.0.1", "no address", LOCAL, "127.0.0.1"),
        ("127.0.0.1", "2001:db8::1", LOCAL, "2001:db8::1"),
    ],
)
def test_address(peer: str, forwarded: str, trusted: str, expected: str):
    assert client_address(peer, forwarded, trusted) == expected
