"""Characters that no text of the platform holds: they do not show, and change what does.

Control characters beside tab and line ends; marks, embeddings, overrides and isolates of
writing direction, by which a text reads otherwise than it is stored; spaces without
width, by which two equal words differ; and what XML cannot hold. The joiners U+200C and
U+200D stay: scripts of China, and pictures made of several, need them. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

_RANGES: Final = (
    (0x00, 0x08),
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0x061C, 0x061C),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2060),
    (0x2066, 0x2069),
    (0xFEFF, 0xFEFF),
    (0xFFFE, 0xFFFF),
)

RE2: Final = "[" + "".join(rf"\x{{{a:X}}}-\x{{{b:X}}}" for a, b in _RANGES) + "]"
"""One such character, as an expression of RE2 (DuckDB)."""

_FORBIDDEN = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _RANGES) + "]")


def forbidden(text: str) -> str | None:
    """The first such character of a text, as U+202E; None if there is none.

    >>> forbidden("文\u202e件"), forbidden("两行\\n和制表符\\t")
    ('U+202E', None)
    """
    match = _FORBIDDEN.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def escape(text: str) -> str:
    """A text with such characters replaced by their names, to be seen in a message.

    >>> escape("文\u202e件")
    '文<U+202E>件'
    """
    return _FORBIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def strip(text: str) -> str:
    """A text less such characters."""
    return _FORBIDDEN.sub("", text)


def texts(value: Any) -> Iterator[str]:
    """All texts of a nested value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in cast("dict[str, Any]", value).values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in cast("Iterable[Any]", value):
            yield from texts(part)
