"""Validators of what the actions of the gate take."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.intake import Declaration, DeclarationError
from ckanext.gpo.quality.reception import origin

SHORTEST_REASON = 10


def gpo_quality_reason(value: Any) -> Any:
    """A reason that tells the public something: not a word, a sentence."""
    if len(value) < SHORTEST_REASON:
        message = tk._("Give the reason in at least {count} characters")
        raise tk.Invalid(message.format(count=SHORTEST_REASON))
    return value


def gpo_quality_upload(value: Any) -> Any:
    """A file, as a form sends it or a program opens it."""
    if not hasattr(getattr(value, "stream", value), "seek"):
        raise tk.Invalid(tk._("Send the file itself, as multipart/form-data"))
    return value


def gpo_quality_origin(value: Any) -> dict[str, Any]:
    """`{label, row_offset}` or `{label, row_offsets}`: where a candidate's rows stood.

    Reports read it for as long as the version is kept.
    """
    if not isinstance(value, dict) or origin.unreadable(value):
        message = tk._("Takes label (text) and row_offset (rows above the header)")
        raise tk.Invalid(message)
    return value


def gpo_quality_declaration(value: Any) -> dict[str, Any]:
    """What a source says of its file, see `Declaration.from_descriptor`."""
    try:
        Declaration.from_descriptor(value)
    except DeclarationError as err:
        raise tk.Invalid(str(err)) from err
    return value
