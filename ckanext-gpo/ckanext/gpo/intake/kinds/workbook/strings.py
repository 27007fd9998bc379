"""Texts of an XLSX package: shared strings, text in a cell, and its escapes."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from ckanext.gpo.intake.steps import IntakeError

from .package import WHOLE, read_chunks

_PHONETIC: Final = re.compile(
    r"<(?:\w+:)?(rPh|phoneticPr)\b.*?(?:</(?:\w+:)?\1>|/>)", re.S
)
"""How a word is read aloud; it stands beside the text and is none."""

_TEXT: Final = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>(.*?)</(?:\w+:)?t>", re.S)
_ITEM: Final = re.compile(
    r"<(?:\w+:)?si(?:\s[^<>]*?)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.S
)
_EMPTY_ITEM: Final = re.compile(r"<(?:\w+:)?si(?:\s[^<>]*)?/>")
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY: Final = re.compile(r"&#|&\w+;")


def plain_text(markup: str) -> str:
    """The text of a string item or a cell's own string, runs joined."""
    if "rPh" in markup or "phoneticPr" in markup:
        markup = _PHONETIC.sub("", markup)
    return "".join(unescape(text) for text in _TEXT.findall(markup))


def unescape(text: str) -> str:
    """Character data of XML as the characters that it stands for."""
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda match: html.escape(match[1], quote=False), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def decode_escapes(text: str) -> str:
    """Excel's escapes for characters that XML does not hold: `_x000D_` is a CR.

    >>> decode_escapes("甲_x000D_\\n乙_x005F_x0041_")
    '甲\\n乙_x0041_'
    """
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_escapes(text: str) -> bool:
    return "_x" in text and _ESCAPE.search(text) is not None


def shared_strings(archive: zipfile.ZipFile, part: str) -> list[str | None]:
    """All shared strings, in the order by which cells name them, None for an empty one.

    Escapes are left in, so that it can be told which cells have them.
    """
    if part not in archive.NameToInfo:
        return []
    return [plain_text(item) or None for item in _items(archive, part)]


def _items(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    rest = b""
    for chunk in read_chunks(archive, part):
        rest += chunk
        end = max(rest.rfind(b"</si>"), rest.rfind(b":si>"))
        if end >= 0:
            end = rest.index(b">", end) + 1
            yield from _ITEM.findall(rest[:end].decode())
            rest = rest[end:]
        if len(rest) > WHOLE:
            raise IntakeError("document-too-large", limit=WHOLE >> 20)
    # No item ends in what is left, so none has a text.
    yield from ("" for _ in _EMPTY_ITEM.finditer(rest.decode()))
