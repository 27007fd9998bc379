"""Characters that nobody sees, and how a text is without them. Pure.

`common/characters` says what no published text may hold; here is what an office's text
holds by accident, and loses as a step.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

INVISIBLE: Final = "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff"
"""Of no width and no meaning: as part of a class of a regular expression."""

WIDE_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
"""Spaces of other widths that stand where a plain one is meant; U+3000 is Chinese."""

PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""Characters that each office's own font draws in its own way."""

_ZERO_WIDTH = re.compile(f"[{INVISIBLE}]")
_SPACES = re.compile(f"[{WIDE_SPACES}]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def visible(text: str) -> str:
    """A text without characters of no width, other spaces as plain ones.

    >>> visible("天\u200b宁\u00a0区")
    '天宁 区'
    """
    return _SPACES.sub(" ", _ZERO_WIDTH.sub("", text))


def half_width(text: str) -> str:
    """A text with the full-width forms of ASCII as ASCII; nothing else is changed.

    >>> half_width("（１２）：，。")
    '(12):,。'
    """
    return text.translate(_HALF_WIDTH)


def squeeze(text: str) -> str:
    """A text as labels and marks are compared: compatible forms, no spaces, no breaks.

    >>> squeeze(" 项 目\\n名称（万元）")
    '项目名称(万元)'
    """
    return "".join(unicodedata.normalize("NFKC", visible(text)).split())
