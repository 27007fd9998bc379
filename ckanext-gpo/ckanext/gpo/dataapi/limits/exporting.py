"""How many exports are written at once: each holds a thread and memory until it is read."""

from __future__ import annotations

from typing import Final

from werkzeug.exceptions import TooManyRequests

import ckan.plugins.toolkit as tk

from ckanext.gpo.dataapi import config

from .caller import current_caller
from .places import Place, take

CODE: Final = "too-many-exports"

AGAIN: Final = 10
"""Seconds after which to try again."""


def begin_export() -> Place:
    """The place of an export that the present request asks for.

    :raises TooManyRequests: all are taken, or all that one client may have
    """
    caller = current_caller()
    place = take(
        config.export_places(),
        config.exports_at_once(),
        "" if caller.is_unlimited else f"{caller.policy} {caller.name}",
        config.exports_of_client(),
    )
    if place is None:
        raise _refusal()
    return place


def _refusal() -> TooManyRequests:
    words = tk._(
        "So many exports are being written at the moment that this one has to wait. Read "
        "those that you have begun to their end, or try again in {seconds} seconds."
    )
    error = TooManyRequests(words.format(seconds=AGAIN), retry_after=AGAIN)
    error.gpo_code = CODE  # type: ignore[attr-defined] - see security/errors.py
    return error
