"""Answers that depend on the records alone, and are the same for every reader.

Who has one is told so before it is made; whoever comes without an account gets the one that
was made last, until a record changes (`page_cache`). What they count of uses is a day old at
most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from flask import request
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import clock

from . import page_cache


@dataclass(frozen=True)
class Standing:
    """How the answer at the address of the present request stands.

    :param tag: names it; empty if nobody can tell
    :param modified: when a record changed last
    """

    tag: str
    modified: datetime | None

    @classmethod
    def read(cls, revision: str) -> Standing:
        """As things stand now, so before the answer is made.

        :param revision: of how it is written: another one makes what readers keep out of
            date
        """
        state = page_cache.state()
        if state is None:
            return cls("", None)
        day = str(clock.today())
        parts = (state.name, revision, day, tk.h.lang(), request.full_path)
        tag = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return cls(tag, datetime.fromtimestamp(state.since, timezone.utc))

    def recognize(self) -> Response | None:
        """The answer to who has it; None if it has to be made."""
        response = self._name(Response())
        response.make_conditional(request)
        if not self.tag or response.status_code != 304:
            return None
        page_cache.keep(request.environ)
        return response

    def finish(self, response: Response) -> Response:
        """Name an answer that was made, and have it kept."""
        if self.tag and response.status_code == 200:
            self._name(response)
            page_cache.keep(request.environ)
        return response

    def _name(self, response: Response) -> Response:
        response.set_etag(self.tag, weak=True)
        response.last_modified = self.modified
        return response


def answer(revision: str, make: Callable[[], Response]) -> Response:
    """What a function makes, unless the reader has it.

    :param revision: as of `Standing.read`
    """
    standing = Standing.read(revision)
    return standing.recognize() or standing.finish(make())
