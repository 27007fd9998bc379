"""Logging in and out lead to pages of this site only."""

from __future__ import annotations

import pytest

from ckanext.gpo.security.accounts.targets import is_local

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "http://[",
    "",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_elsewhere(target: str):
    assert not is_local(target)


@pytest.mark.parametrize("target", ["/", "/desk", "/en/dataset/?q=a&b=//c"])
def test_here(target: str):
    assert is_local(target)


@pytest.mark.parametrize("target", ELSEWHERE[1:4])
@pytest.mark.parametrize("argument", ["came_from", "next"])
def test_login_stays_here(log_in, person, argument: str, target: str):
    location = log_in(person, **{argument: target}).headers["Location"]
    assert location.removeprefix("http://test.ckan.net") == "/desk"


@pytest.mark.parametrize("target", ELSEWHERE[1:4])
def test_logout_stays_here(app, person, target: str):
    app.set_session_user(person["id"])
    answer = app.post(
        "/user/_logout", query_string={"came_from": target}, follow_redirects=False
    )
    assert answer.headers["Location"].endswith("/user/logged_out_redirect")
