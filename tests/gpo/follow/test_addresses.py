"""Addresses: which mail can go to, and how they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common.notices.letters import is_address
from ckanext.gpo.follow import addresses
from ckanext.gpo.follow.tokens import Purpose, read, sign


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" a.b+c@example.org ", "a.b+c@example.org"),
        ("A@EXAMPLE.org", "A@example.org"),
        ("a@例子.中国", "a@xn--fsqu00a.xn--fiqs8s"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_what_mail_can_go_to(text: str, address: str):
    assert addresses.normalise(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@example.org",
        "a@example",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n\r\nbody",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "A <a@example.org>",
        "<a@example.org>",
        '"a b"@example.org',
        "用户@example.org",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@localhost",
        "a@exam ple.org",
        "a@example.org\x00",
        "a\u2028@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 250}.org",
        "=?utf-8?q?a?=@example.org?",
        "a@-example.org",
        "a@example..org",
        "a" * 10**6,
    ],
)
def test_what_mail_cannot_go_to(text: str):
    assert addresses.normalise(text) is None


@given(st.text(max_size=300))
def test_whatever_is_taken_is_one_plain_address(text: str):
    address = addresses.normalise(text)

    assert address is None or (is_address(address) and len(address) <= 254)


def test_an_address_is_recognised_and_read_with_the_key_only():
    secret = addresses.encrypt("a@example.org", "key")

    assert "example" not in secret
    assert addresses.decrypt(secret, "key") == "a@example.org"
    assert addresses.decrypt(secret, "other") is None
    same = addresses.fingerprint("A@example.org", "key")
    assert same == addresses.fingerprint("a@example.org", "key")
    assert same != addresses.fingerprint("a@example.org", "other")


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token + "x",
        lambda token: "." + token,
        lambda token: "",
        lambda token: "\u4e00",
        lambda token: token.replace(".", ".."),
        lambda token: sign(Purpose.STOP, "id", "key"),
        lambda token: sign(Purpose.CONFIRM, "id", "other"),
    ],
)
def test_a_link_is_good_for_what_it_was_signed_for(change):
    token = sign(Purpose.CONFIRM, "id", "key")

    assert read(Purpose.CONFIRM, token, "key") == "id"
    assert read(Purpose.CONFIRM, change(token), "key") is None
