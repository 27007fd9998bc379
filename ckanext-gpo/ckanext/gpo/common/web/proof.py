"""Forms that are open to everybody: who sends one has worked for it, or sends few.

A browser with scripts solves a small puzzle (ALTCHA's, about a second of work) while its
reader fills the form in; nobody is asked to look at pictures, and no other site is called.
A browser without scripts sends the form without a solution, and is let through less often.
Programs that fill in every field are caught by one that people do not see.

A form draws the fields by the macro of `gpo_common/macros/proof.html`, and its view asks
`refusal` before it does anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import time as now

import redis
from altcha import Payload, create_challenge, verify_solution
from babel.dates import format_timedelta

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

from ckanext.gpo.common import config, limits

from .address import request_address

log = logging.getLogger(__name__)

FIELD = "proof"
"""Name of the field that holds the solution."""

TRAP = "website"
"""Name of the field that people leave empty, because they do not see it."""

LIFETIME = 7200
"""Seconds in which a form may be filled in."""

_ALGORITHM = "SHA-256"

_LEAST, _MOST = 10_000, 40_000
"""How many hashes a solution takes."""

_LONGEST = 4_096
"""Characters of a solution; it has some hundred."""


@dataclass(frozen=True)
class Refusal:
    """Why a form is not taken, in words, and with which status."""

    message: str
    status: int
    retry_after: int = 0


def challenge(form: str) -> str:
    """A puzzle for one sending of a form, as JSON."""
    puzzle = create_challenge(
        _ALGORITHM,
        1,
        counter=_LEAST + secrets.randbelow(_MOST - _LEAST),
        expires_at=int(now()) + LIFETIME,
        data={"form": form},
        hmac_secret=_secret(),
    )
    return json.dumps(puzzle.to_dict())


def refusal(form: str, fields: Mapping[str, str]) -> Refusal | None:
    """Whether a form that was sent is not taken; None if it is, which is counted.

    :param form: its name, as in the macro
    :param fields: what was sent
    """
    if fields.get(TRAP):
        return Refusal(
            tk._("A field that stays empty was filled in. Please send the form again."),
            400,
        )
    proven = _is_solved(form, fields.get(FIELD, ""))
    limit = config.form_limit(proven)
    key = (form, str(proven), request_address(tk.request.environ))
    if wait := limits.retry_after(limit, *key):
        minutes = timedelta(minutes=math.ceil(wait / 60))
        span = format_timedelta(minutes, threshold=2, locale=tk.h.lang())
        words = tk._("This form was sent too often. Please wait {time}.")
        return Refusal(words.format(time=span), 429, wait)
    limits.count(limit, *key)
    return None


def _is_solved(form: str, solution: str) -> bool:
    """Whether it is the solution of a puzzle of this form that nobody has used yet."""
    if not solution or len(solution) > _LONGEST:
        return False
    try:
        payload = Payload.from_dict(json.loads(base64.b64decode(solution)))
        verified = verify_solution(payload, _secret()).verified
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    parameters = payload.challenge.parameters
    if not verified or (parameters.data or {}).get("form") != form:
        return False
    return _is_first_use(parameters.nonce)


def _is_first_use(nonce: str) -> bool:
    try:
        key = f"gpo:proof:{nonce}"
        return bool(connect_to_redis().set(key, 1, nx=True, ex=LIFETIME))
    except redis.RedisError as error:
        log.warning("No solution counts until Redis is back: %s", error)
        return False


def _secret() -> bytes:
    return hashlib.sha256(f"proof of work {tk.config['SECRET_KEY']}".encode()).digest()
