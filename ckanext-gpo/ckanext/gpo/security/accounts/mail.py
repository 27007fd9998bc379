"""Mails that a job sends: in the site's language, which only a request knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_request_context

from ckan.config import middleware


@contextmanager
def site_language() -> Iterator[None]:
    """Stand inside a request of nobody, unless there is one."""
    request = middleware._internal_test_request_context
    if request is None or has_request_context():
        yield
        return
    with request:
        yield
