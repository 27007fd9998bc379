"""Texts of an XLSX package: shared strings, text in a cell, and its escapes."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass, field
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
_PLAIN_ITEM: Final = re.compile(
    '<si><t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr[^<>]*/>)?</si>'
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


@dataclass
class SharedStrings:
    """All shared strings, in the order by which cells name them.

    - `texts`: None for an empty one; escapes are left in, so that their cells can be told
    - `escaped`: which of them have escapes or carriage returns
    """

    texts: list[str | None] = field(default_factory=list["str | None"])
    escaped: set[int] = field(default_factory=set[int])

    def add(self, markup: str) -> None:
        """Add the strings of some whole items."""
        plain = _PLAIN_ITEM.findall(markup)
        if len(plain) == markup.count("<si"):
            texts = map(unescape, plain) if "&" in markup or "\r" in markup else plain
        else:
            texts = map(plain_text, _ITEM.findall(markup))
        first = len(self.texts)
        self.texts += [text or None for text in texts]
        if "_x" in markup or "\r" in markup or "&" in markup:
            self.escaped.update(
                index
                for index, text in enumerate(self.texts[first:], first)
                if text and ("\r" in text or has_escapes(text))
            )


def shared_strings(archive: zipfile.ZipFile, part: str) -> SharedStrings:
    """The shared strings of a package, none if it has no such part.

    :raises IntakeError: `document-too-large`
    """
    strings = SharedStrings()
    if part not in archive.NameToInfo:
        return strings
    rest = b""
    for chunk in read_chunks(archive, part):
        rest += chunk
        end = max(rest.rfind(b"</si>"), rest.rfind(b":si>"))
        if end >= 0:
            end = rest.index(b">", end) + 1
            strings.add(rest[:end].decode())
            rest = rest[end:]
        if len(rest) > WHOLE:
            raise IntakeError("document-too-large", limit=WHOLE >> 20)
    # No item ends in what is left, so none has a text.
    strings.texts += [None for _ in _EMPTY_ITEM.finditer(rest.decode())]
    return strings
