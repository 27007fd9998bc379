"""What no request may carry, whatever it is for: characters and shapes that only break things."""

from __future__ import annotations

import math
import re
from typing import Any, cast

MAX_DEPTH = 32
"""Levels of nesting; a dataset has six."""

MAX_INTEGER = 2**63 - 1
"""What the database can hold."""

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class PayloadError(ValueError):
    """A request carries what cannot be processed; `place` is where it stands."""

    def __init__(self, code: str, place: str) -> None:
        super().__init__(f"{code}: {place}")
        self.code = code
        self.place = UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", place[:80])


def check(value: Any, place: str) -> None:
    """Walk a decoded value, without recursion.

    :param place: what to call the value in the message
    :raises PayloadError: a NUL or half a surrogate pair in a text or key, an integer
        that needs more than 64 bits, a number that is none, or too many levels
    """
    rest: list[tuple[Any, str, int]] = [(value, place, 0)]
    while rest:
        value, place, depth = rest.pop()
        if depth > MAX_DEPTH:
            raise PayloadError("nesting-too-deep", place)
        if isinstance(value, dict):
            for key, inner in cast("dict[str, Any]", value).items():
                _check_text(key, place)
                rest.append((inner, f"{place}.{key}" if depth else key, depth + 1))
        elif isinstance(value, list):
            items = cast("list[Any]", value)
            rest += ((inner, place, depth + 1) for inner in items)
        elif isinstance(value, str):
            _check_text(value, place)
        else:
            _check_number(value, place)


def _check_text(text: str, place: str) -> None:
    if UNSTORABLE.search(text):
        raise PayloadError("character-not-allowed", place)


def _check_number(value: Any, place: str) -> None:
    if isinstance(value, int) and not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise PayloadError("number-too-large", place)
    if isinstance(value, float) and not math.isfinite(value):
        raise PayloadError("number-not-finite", place)
