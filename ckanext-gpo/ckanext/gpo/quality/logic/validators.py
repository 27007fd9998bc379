"""Validators of what the actions of the gate take."""

from __future__ import annotations

from typing import Any, Final

import jsonschema

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import characters
from ckanext.gpo.common.spreadsheets import LONGEST_CELL
from ckanext.gpo.common.validation import visible
from ckanext.gpo.intake import Declaration, DeclarationError
from ckanext.gpo.quality.reception import origin

SHORTEST_REASON = 10

LONGEST_NOTE = 1000

_TEXT: Final = {"type": "string", "maxLength": LONGEST_CELL}
_CORRECTIONS: Final = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            "row": {"type": "integer", "minimum": 1, "maximum": origin.GREATEST_ROW},
            "field": _TEXT,
            "before": _TEXT,
            "after": _TEXT,
        },
        "required": ["row", "field", "before", "after"],
        "additionalProperties": False,
    },
}


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


def gpo_quality_note(value: str) -> str:
    """A few words, as they were written, less what surrounds them."""
    note = value.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        message = tk._("At most {count} characters")
        raise tk.Invalid(message.format(count=LONGEST_NOTE))
    return note


def gpo_quality_corrections(value: Any) -> list[dict[str, Any]]:
    """`[{row, field, before, after}]`, at least one; what changes nothing is left out."""
    contract: Any = jsonschema.Draft202012Validator(_CORRECTIONS)
    if not contract.is_valid(value):
        raise tk.Invalid(tk._("Takes a list of row, field, before and after"))
    changes = [
        {
            **one,
            # The report shows by its name what does not show by itself.
            "before": characters.escape(one["before"].replace("\r\n", "\n")),
            "after": visible(one["after"].replace("\r\n", "\n")),
        }
        for one in value
        if one["before"] != one["after"]
    ]
    if not changes:
        raise tk.Invalid(tk._("No cell was changed: correct at least one"))
    return changes
