"""Whether decoded characters can be Chinese text, or come from another encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import chardet

_COMMON: Final = 0.6
"""The least share of common hanzi. Real text has more than nine in ten, place names and
people's names included; Shift-JIS read as GB18030 has about a third, Big5 a half."""

_TRADITIONAL: Final = 0.95
"""The least share of hanzi that are common in either form. Real text in traditional characters
has nearly all; Big5 read as GB18030 has three in five."""

_EXPECTED: Final = 0.9
"""The least share of what a text in a foreign encoding is expected to consist of."""

_ENOUGH: Final = 20
"""Characters beyond ASCII, in runs that differ, from which on a few short words in GB18030
cannot be taken for Korean: of 20,000 samples of public tables none was."""

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_TAIL: Final = 3
"""A sample may be cut within a run of wrongly decoded bytes; so many are left off."""

_RUNS: Final = 200
"""Runs of characters beyond ASCII that are looked at."""


def is_encoded_twice(text: str) -> bool:
    """Whether a UTF-8 text was read as GBK or Windows-1252 and saved as UTF-8 again.

    Going back one step gives UTF-8 again, which a real text never does.

    >>> is_encoded_twice("天宁区".encode().decode("gbk", "ignore"))
    True
    >>> is_encoded_twice("天宁区"), is_encoded_twice("Café")
    (False, False)
    """
    runs = _BEYOND_ASCII.findall(text)[:_RUNS]
    undone = 0
    for run in runs:
        undone += any(_undo(run, encoding) for encoding in ("cp1252", "gb18030"))
    return bool(runs) and undone * 2 > len(runs)


def _undo(run: str, encoding: str) -> bool:
    # Bytes that Windows-1252 leaves undefined come through as control characters
    raw = b"".join(
        bytes([ord(c)])
        if encoding == "cp1252" and 0x80 <= ord(c) < 0xA0
        else _bytes(c, encoding)
        for c in run
    )
    try:
        original = codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError as err:
        # A character that was broken in two: its end became "?" or was lost
        original = raw[: err.start].decode() if len(raw) - err.start <= _TAIL else ""
    return any("\u4e00" <= c <= "\u9fff" for c in original)


def _bytes(character: str, encoding: str) -> bytes:
    # What the encoding does not have becomes a byte that UTF-8 does not have
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return b"\xff"


def is_plain_text(text: str) -> bool:
    """Whether nearly all characters are ASCII or common hanzi."""
    plain = sum(c.isascii() and c != "\0" or _is_common(c) for c in text)
    return plain >= 0.8 * len(text)


def implausible_guess(raw: bytes) -> str:
    """What bytes that decode as GB18030 are more likely to be; empty if they are Chinese.

    :returns: `big5`, `euc_kr`, `shift_jis`, `windows-1252` or `unknown`
    """
    text = codecs.getincrementaldecoder("gb18030")("replace").decode(raw)
    hanzi = [c for c in text if _is_hanzi(c)]
    beyond_ascii = sum(len(run) for run in _BEYOND_ASCII.findall(text))
    common = sum(map(_is_common, hanzi))
    if beyond_ascii == 0:
        return ""
    if hanzi and common >= _COMMON * len(hanzi):
        return _foreign_guess(raw, text)
    if not hanzi and not any("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in text):
        return ""
    guess = _guess(raw)
    if guess == "unknown" and hanzi and _are_traditional(hanzi):
        return _foreign_guess(raw, text)
    return guess


def _are_traditional(hanzi: Sequence[str]) -> bool:
    """Whether these are common hanzi, be it in their traditional form."""
    common = sum(_is_common(c) or _is_common_big5(c) for c in hanzi)
    return common >= _TRADITIONAL * len(hanzi)


def _foreign_guess(raw: bytes, text: str) -> str:
    """What bytes are that decode as GB18030 to common hanzi, yet to no words.

    All Korean does so, and half of Big5. Two witnesses have to agree: what the bytes decode
    to in the other encoding, and how often such pairs of bytes stand side by side.
    """
    if sum(map(len, set(_BEYOND_ASCII.findall(text)))) < _ENOUGH:
        return ""
    for guess, (codec, is_expected) in _FOREIGN.items():
        try:
            foreign = codecs.getincrementaldecoder(codec)().decode(raw)
        except UnicodeDecodeError:
            continue
        runs = "".join(_BEYOND_ASCII.findall(foreign))
        is_likely = sum(map(is_expected, runs)) >= _EXPECTED * len(runs)
        if is_likely and _detected(raw) == guess:
            return guess
    return ""


def _detected(raw: bytes) -> str:
    """What chardet's statistics of pairs of bytes make of them; empty if GB18030."""
    detected = chardet.detect(
        raw,
        include_encodings=("gb18030", *_RELATED),
        compat_names=False,
        no_match_encoding="gb18030",
        empty_input_encoding="gb18030",
    )
    return _RELATED.get(detected["encoding"] or "", "")


def _guess(raw: bytes) -> str:
    for encoding in ("shift_jis", "big5"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(raw)
        except UnicodeDecodeError:
            continue
        runs = "".join(_BEYOND_ASCII.findall(text))
        expected = _is_kana if encoding == "shift_jis" else _is_common_big5
        if sum(map(expected, runs)) * 3 > len(runs) * (
            1 if encoding == "shift_jis" else 2
        ):
            return encoding
    letters = sum(byte >= 0xC0 for byte in raw)
    beyond_ascii = sum(byte >= 0x80 for byte in raw)
    words = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", raw))
    return "windows-1252" if letters and words * 3 > beyond_ascii else "unknown"


def _is_hanzi(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def _is_common(character: str) -> bool:
    """One of the 3,755 hanzi of level 1 of GB 2312."""
    try:
        raw = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= raw[0] <= 0xD7


def _is_common_big5(character: str) -> bool:
    """One of the 5,401 hanzi of level 1 of Big5, or its punctuation."""
    try:
        raw = character.encode("big5")
    except UnicodeEncodeError:
        return False
    return 0xA1 <= raw[0] <= 0xC6


def _is_kana(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff"


def _is_korean(character: str) -> bool:
    """A syllable of hangul, or East Asian punctuation."""
    return (
        "\uac00" <= character <= "\ud7a3"
        or "\u3000" <= character <= "\u303f"
        or "\uff00" <= character <= "\uff5e"
    )


_FOREIGN: Final[Mapping[str, tuple[str, Callable[[str], bool]]]] = {
    "euc_kr": ("cp949", _is_korean),
    "big5": ("big5", _is_common_big5),
}
"""An encoding → its codec, and what its texts consist of."""

_RELATED: Final[Mapping[str, str]] = {
    "euc_kr": "euc_kr",
    "cp949": "euc_kr",
    "big5": "big5",
    "big5hkscs": "big5",
}
"""chardet's words for the encodings of `_FOREIGN` and their extensions."""
