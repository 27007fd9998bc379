"""Numbers as offices write them: from a text to its digits, and what had to be done. Pure.

Each mark around a number is taken away one by one, and named by its code; what is left
must be a plain number. Who may do it is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ckanext.gpo.intake.characters import half_width
from ckanext.gpo.intake.units import split

from .numerals import looks_like_numeral, numeral
from .plain import plain

PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
"""What needs no reading at all."""

PLACEHOLDERS = frozenset(
    [
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "－",
        "/",
        "\\",
        "*",
        "无",
        "空",
        "暂无",
        "没有",
        "不适用",
        "N/A",
        "NA",
        "n/a",
        "null",
        "NULL",
        "None",
        "…",
        "...",
        "……",
    ]
)
"""What stands in a cell that has no number, or nought."""

_MINUS = str.maketrans(dict.fromkeys("−﹣‐‑‒–", "-"))
_LOOSE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[Ee][+-]?\d{1,3}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?", re.ASCII)
_BRACKETS = re.compile(r"\(([^()+-]+)\)")
_TRIANGLE = re.compile(r"[△▲▽▼]([^+-]+)")
_TRAILING = re.compile(r"([\d.,]+)-", re.ASCII)
_CURRENCY = re.compile(r"([+-]?)(¥|￥|人民币|RMB|CNY|\$|US\$)\s*(.+)")
_UNIT = re.compile(r"(.*[\d)])\s*(%|[^\W\d_]+(?:/[^\W\d_]+)?)")
_CHINESE = re.compile(r"(?:人民币)?(.+?)(元|圆)?整?")
_ROUGH = re.compile(
    r"(?:大?约|近|超过?|逾|不足|大于|小于|[<>≤≥~≈]).*\d.*"
    r"|.*\d(?:余|多|左右|以上|以下).*"
)


@dataclass
class Reading:
    """A number, the codes of what was done to read it, and the unit beside it."""

    digits: str
    codes: list[str]
    unit: str = ""


def read(text: str) -> Reading | None:
    """The number that a tidy text is; None if it is none that has one reading.

    >>> read("１，２３４．５０万元")
    Reading(digits='1234.50', codes=['half-width', 'thousands-mark'], unit='万元')
    >>> read("(88)"), read("12,34.5"), read("三千五")
    (Reading(digits='-88', codes=['negative-brackets'], unit=''), None, None)
    """
    codes: list[str] = []
    narrow = half_width(text).translate(_MINUS)
    if narrow != text:
        codes.append("half-width")
    sign, body = _without_sign(narrow, codes)
    unit, body = _without_unit(body)
    if not sign:
        sign, body = _without_sign(body, codes)
    digits = _digits(body, codes)
    if digits is None:
        return _chinese(narrow) if not sign else None
    if sign:
        if digits.startswith(("-", "+")):
            return None
        digits = f"-{digits}"
    return Reading(digits, codes, unit)


def is_doubtful(text: str) -> bool:
    """Whether a person would see a number in it, but not which: 约1234, 三千五.

    >>> is_doubtful("约1234"), is_doubtful("三千五"), is_doubtful("示例")
    (True, True, False)
    """
    return bool(_ROUGH.fullmatch(half_width(text))) or looks_like_numeral(text)


def _without_sign(text: str, codes: list[str]) -> tuple[str, str]:
    """Whether a mark makes the number negative, and the text without it."""
    for code, match in (
        ("negative-brackets", _BRACKETS.fullmatch(text)),
        ("negative-triangle", _TRIANGLE.fullmatch(text)),
        ("negative-trailing", _TRAILING.fullmatch(text)),
    ):
        if match:
            codes.append(code)
            return "-", match[1].strip()
    return "", text


def _without_unit(text: str) -> tuple[str, str]:
    unit = ""
    if match := _CURRENCY.fullmatch(text):
        unit = "美元" if "$" in match[2] else "元"
        text = match[1] + match[3]
    if (match := _UNIT.fullmatch(text)) and not _EXPONENT.fullmatch(text):
        adjacent = match[2]
        if unit and adjacent != unit:
            # ￥5万 is 5 万元; ￥5美元 is nothing that we know.
            adjacent = adjacent + unit if split(adjacent + unit) else adjacent
            if not adjacent.endswith(unit):
                return "", text
        return adjacent, match[1]
    return unit, text


def _digits(text: str, codes: list[str]) -> str | None:
    if PLAIN.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text) or _SPACED.fullmatch(text):
        codes.append("thousands-mark")
        return text.replace(",", "").replace(" ", "").lstrip("+")
    if _LOOSE.fullmatch(text) or _EXPONENT.fullmatch(text):
        codes.append("number-form")
        return plain(Decimal(text))
    return None


def _chinese(text: str) -> Reading | None:
    match = _CHINESE.fullmatch(text)
    if not match or not looks_like_numeral(match[1]):
        return None
    number = numeral(match[1])
    if number is None:
        return None
    return Reading(plain(number), ["chinese-numeral"], "元" if match[2] else "")
