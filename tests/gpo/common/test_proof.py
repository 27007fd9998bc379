"""Forms that are open to everybody: worked for, sent seldom, and not filled in by programs."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from altcha import Challenge, Payload, solve_challenge

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import config, limits
from ckanext.gpo.common.web import proof

PROVEN = "ckanext.gpo.common.form_limit"
UNPROVEN = "ckanext.gpo.common.form_limit_without_proof"
LIMITS = {PROVEN: "3 per hour", UNPROVEN: "1 per hour"}


@pytest.fixture(autouse=True)
def request_of_a_form(app: Any, ckan_config: Any) -> Iterator[None]:
    for limiter in (limits._shared(tk.config["ckan.redis.url"]), limits._local()):
        limiter.storage.reset()
    ckan_config.update(LIMITS)
    with app.flask_app.test_request_context("/", method="POST"):
        yield


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_LEAST", 10)
    monkeypatch.setattr(proof, "_MOST", 20)


def _solution(form: str = "f", **changes: Any) -> str:
    puzzle = json.loads(proof.challenge(form))
    puzzle["parameters"] |= changes
    challenge = Challenge.from_dict(puzzle)
    solution = solve_challenge(challenge)
    assert solution is not None
    text = json.dumps(Payload(challenge, solution).to_dict())
    return base64.b64encode(text.encode()).decode()


def _status(form: str = "f", **fields: str) -> int:
    refused = proof.refusal(form, fields)
    return refused.status if refused else 200


def test_who_has_worked_may_send_oftener():
    assert [_status(proof=_solution()) for _ in range(4)] == [200, 200, 200, 429]


def test_who_has_not_may_send_seldom_and_is_told_when():
    assert _status() == 200
    refused = proof.refusal("f", {})
    assert refused is not None
    assert refused.status == 429
    assert 0 < refused.retry_after <= 3600


def test_a_solution_is_good_for_one_sending():
    solution = _solution()

    assert [_status(proof=solution) for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    "make",
    [
        lambda: _solution("another form"),
        lambda: _solution(expiresAt=int(time.time()) + 10**6),
        lambda: _solution(keyPrefix="00"),
        lambda: "not base64 \u4e00",
        lambda: base64.b64encode(b"[" * 2000).decode(),
        lambda: base64.b64encode(b'{"challenge": 1, "solution": []}').decode(),
        lambda: base64.b64encode(b"null").decode(),
        lambda: "A" * 10**6,
    ],
)
def test_what_is_no_solution_counts_as_none(make: Any):
    assert _status() == 200
    assert _status(proof=make()) == 429


def test_an_expired_puzzle_counts_as_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proof, "LIFETIME", -1)
    solution = _solution()
    _status()

    assert _status(proof=solution) == 429


def test_the_field_that_nobody_sees_stays_empty():
    assert _status(proof=_solution(), website="http://spam.example") == 400


def test_without_redis_everybody_sends_seldom(monkeypatch: pytest.MonkeyPatch):
    def away() -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(proof, "connect_to_redis", away)

    assert [_status(proof=_solution()) for _ in range(2)] == [200, 429]


def test_forms_are_counted_each_by_itself():
    assert [_status("f"), _status("g"), _status("f")] == [200, 200, 429]


@pytest.mark.parametrize("option", [PROVEN, UNPROVEN])
def test_a_limit_that_cannot_be_read_is_named(ckan_config: Any, option: str):
    ckan_config[option] = "often"
    with pytest.raises(ValueError, match=option):
        config.verify()
