"""A text less what nobody sees in it, and what may not be in it."""

from __future__ import annotations

import re

from ckanext.gpo.common import characters as forbidden_characters
from ckanext.gpo.intake.characters import INVISIBLE, PRIVATE, WIDE_SPACES, visible

from .notes import Notes

_EDGES = f"[\\s\u3000{INVISIBLE}{WIDE_SPACES}]+"
_TRIM = re.compile(f"^{_EDGES}|{_EDGES}$")
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_PRIVATE = re.compile(f"[{PRIVATE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#{2,})"
)


def is_tidy(text: str) -> bool:
    """Whether `tidy` would leave a text as it is; quick, and sure if True."""
    return (
        text.isprintable()
        and "\ufffd" not in text
        and text[:1] not in (" ", "#")
        and text[-1:] != " "
    )


def tidy(text: str, row: int, notes: Notes) -> str:
    """A text without what an office cannot have meant; the rest is found and kept."""
    if is_tidy(text):
        return text
    trimmed = _TRIM.sub("", text)
    if trimmed != text:
        notes.record("spaces-trimmed", row, text)
    unhidden = visible(trimmed)
    if unhidden != trimmed:
        notes.record("invisible-removed", row, text)
    lines = _BREAKS.sub("\n", unhidden)
    if lines != unhidden:
        notes.record("line-breaks", row, text)
    _find(lines, row, notes)
    return lines


def _find(text: str, row: int, notes: Notes) -> None:
    if _ERROR.fullmatch(text):
        notes.record("error-value", row, text)
    if "\ufffd" in text:
        notes.record("replacement-character", row, text)
    if private := _PRIVATE.search(text):
        notes.record("private-use", row, text, character=_name(private[0]))
    if control := forbidden_characters.forbidden(text):
        notes.record("control-character", row, text, character=control)
    if surrogate := _SURROGATE.search(text):
        name = _name(surrogate[0])
        notes.record("control-character", row, text, character=name)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
