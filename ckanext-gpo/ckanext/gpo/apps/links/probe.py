"""One question to a link: GET, with the fewest bytes read that tell whether it is there."""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urljoin

from ckanext.gpo.common.links import LinkError, ask

TOTAL_SECONDS: Final = 20
"""For all redirects together: whoever sends a byte now and then is not waited for."""

REDIRECTS: Final = 5
HEADERS: Final = {"User-Agent": "ckanext-gpo link check", "Accept": "*/*"}

_LEADS_ON: Final = frozenset({301, 302, 303, 307, 308})
_PRESENT: Final = frozenset({401, 403, 405, 406, 429})
"""Answers that refuse a program, and say that something is there for people."""


def probe(link: str, *, private_allowed: bool = False) -> None:
    """Make sure that a link answers.

    :param private_allowed: ask addresses of private networks too, and without TLS
    :raises LinkError: it does not, or must not be asked
    """
    deadline = time.monotonic() + TOTAL_SECONDS
    for _ in range(REDIRECTS + 1):
        with ask(link, HEADERS, private_allowed=private_allowed) as response:
            # what it says is of no interest, however long it is
            status, target = response.status, response.headers.get("Location", "")
        if status not in _LEADS_ON:
            if status >= 400 and status not in _PRESENT:
                raise LinkError("link-status", f"{link} answers {status}")
            return
        if time.monotonic() > deadline:
            raise LinkError("link-away", f"{link} takes too long")
        link = urljoin(link, target)
    raise LinkError("link-redirects", f"{link} leads on too often")
