"""Frictionless's errors without its sentences.

Frictionless words every error the moment it makes it, which takes four times as long as
finding it. Reports keep facts and are worded when somebody reads them (`report/wording.py`), so
nobody would ever see those sentences.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from frictionless import Error, Metadata


@contextmanager
def without_messages() -> Generator[None]:
    """Errors made inside the block have an empty `message`; all else of them is theirs."""
    worded = Error.__attrs_post_init__

    def unworded(self: Error) -> None:
        self.message = ""
        Metadata.__attrs_post_init__(self)

    Error.__attrs_post_init__ = unworded  # type: ignore[method-assign]
    try:
        yield
    finally:
        Error.__attrs_post_init__ = worded  # type: ignore[method-assign]
