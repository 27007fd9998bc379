"""One attempt to deliver a message, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from ckanext.gpo.common.links import LinkError, ask

ANSWER: Final = 200
"""Characters of an answer that are kept."""

UNWANTED: Final = 410
"""Status by which a receiver says that it wants nothing any more."""

_HEADERS: Final = {
    "User-Agent": "ckanext-gpo webhooks",
    "Content-Type": "application/json; charset=utf-8",
}


@dataclass(frozen=True)
class Reply:
    """What came of an attempt.

    :param status: of the answer; None if there was none
    :param failure: code of a `LinkError`; empty if there was an answer
    """

    status: int | None
    failure: str
    milliseconds: int
    answer: str

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def send(
    address: str, headers: dict[str, str], body: str, *, private_allowed: bool = False
) -> Reply:
    """Post a message. A redirect is not followed: it is an answer that is no success.

    :param private_allowed: to addresses of private networks too, and without TLS
    """
    start, status, failure, answer = time.monotonic(), None, "", ""
    try:
        with ask(
            address,
            {**_HEADERS, **headers},
            body=body.encode(),
            private_allowed=private_allowed,
        ) as response:
            status = response.status
            answer = _beginning(response)
    except LinkError as err:
        failure = err.code if status is None else ""
    return Reply(status, failure, round((time.monotonic() - start) * 1000), answer)


def _beginning(response: BaseHTTPResponse) -> str:
    """How an answer begins; what cannot be shown is left out."""
    try:
        content = response.read(4 * ANSWER, decode_content=False)
    except (HTTPError, OSError):
        return ""  # the status is there, and it is what counts
    text = content.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)[:ANSWER].strip()
