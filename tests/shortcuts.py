"""What takes long in a process of tests and comes to the same when it is made short."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from unittest import mock
from weakref import WeakKeyDictionary

from passlib.hash import pbkdf2_sha512
from webassets import Bundle

from ckan.model import user


@contextmanager
def shorten() -> Iterator[None]:
    """Take the short ways until the end of the block."""
    with (
        mock.patch.object(Bundle, "urls", _look_once()),
        mock.patch.object(inspect, "stack", _stack),
        mock.patch.object(user, "pbkdf2_sha512", pbkdf2_sha512.using(rounds=1)),
    ):
        yield


def _look_once() -> object:
    """Look once whether a bundle of styles or scripts is built, not with every page."""
    known: WeakKeyDictionary[Bundle, list[str]] = WeakKeyDictionary()
    build = Bundle.urls

    def urls(bundle: Bundle) -> list[str]:
        if bundle not in known:
            known[bundle] = build(bundle)
        return known[bundle]

    return urls


def _stack(context: int = 1) -> list[inspect.FrameInfo]:
    """`inspect.stack` without the source text of every caller up to pytest.

    CKAN asks for it with each plugin, to learn one file's name.
    """
    frames: list[inspect.FrameInfo] = []
    frame: FrameType | None = sys._getframe(1)
    while frame:
        code = frame.f_code
        frames.append(
            inspect.FrameInfo(
                frame, code.co_filename, frame.f_lineno, code.co_name, None, None
            )
        )
        frame = frame.f_back
    return frames
