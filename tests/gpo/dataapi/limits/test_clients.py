"""Whose calls are counted together."""

from __future__ import annotations

import pytest

from ckanext.gpo.dataapi.limits import clients

MACHINE = ["127.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ],
)
def test_an_address_counts_with_its_network(address: str, network: str):
    assert clients.network(address) == network


@pytest.mark.parametrize(
    ("address", "is_within"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("", True),
        ("203.0.113.5", False),
        ("2001:db8::1", False),
    ],
)
def test_the_machine_itself_is_told_from_others(address: str, is_within: bool):
    assert clients.is_within(address, MACHINE) is is_within


def test_no_network_holds_nobody_but_local_sockets():
    assert not clients.is_within("127.0.0.1", [])
