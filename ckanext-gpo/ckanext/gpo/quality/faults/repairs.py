"""What one slip of the pen does to a value: repairs after which it fits its field. Pure.

A repair is a suggestion for a person, never made by machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from ckanext.gpo.common.codes import CHECKS

Field = dict[str, Any]

_LETTERS = str.maketrans("OoＯIl|", "000111")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMS = {
    "integer": re.compile(r"[+-]?\d+"),
    "number": _NUMBER,
    "year": re.compile(r"[12]\d{3}"),
    "yearmonth": re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])"),
    "boolean": re.compile("true|false"),
}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PARTS = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D{0,2}")
_NOTHING = frozenset(
    {"-", "--", "—", "——", "/", "\\", "无", "暂无", "不详", "未知", "待定", "空"}
    | {"n/a", "na", "null", "none", "nil", "#n/a"}
)


class Slip(NamedTuple):
    """What is wrong with a value: a code of `SLIPS`, and the value that may be meant."""

    code: str
    repaired: str = ""


def fits(text: str, field: Field) -> bool:
    """Whether a value has the type of its field and keeps the field's own constraints."""
    limits = field.get("constraints", {})
    if not _has_type(text, field["type"]):
        return False
    if "enum" in limits and text not in map(str, limits["enum"]):
        return False
    if "pattern" in limits and not re.compile(limits["pattern"]).fullmatch(text):
        return False
    if not limits.get("minLength", 0) <= len(text) <= limits.get("maxLength", 1 << 30):
        return False
    if field["type"] in ("number", "integer") and not _in_range(float(text), limits):
        return False
    check = CHECKS.get(field.get("gpo:check", ""))
    return check is None or check(text) is None


def fixed_length(field: Field) -> int | None:
    """How many characters every value of the field has; None if that differs.

    >>> fixed_length({"constraints": {"pattern": "WH[0-9]{4}"}, "example": "WH0001"})
    6
    """
    limits = field.get("constraints", {})
    shortest, longest = limits.get("minLength"), limits.get("maxLength")
    if shortest is not None and shortest == longest:
        return shortest
    pattern = limits.get("pattern", "")
    varies = re.search(r"[*+?|]|\{\d*,\d*\}", pattern)
    example = str(field.get("example") or "")
    return len(example) if pattern and example and not varies else None


def slip(value: str, field: Field) -> Slip | None:
    """The slip that explains a value which its field does not take; None if none does."""
    text = value.strip().casefold()
    if not text:
        return None
    if text in _NOTHING:
        return Slip("placeholder")
    if fits(value, field):
        return None
    for code, repair in _REPAIRS.items():
        repaired = repair(value, field)
        if repaired is not None and repaired != value and fits(repaired, field):
            return Slip(code, repaired)
    code = _shape(value, field)
    return Slip(code) if code else None


def _shape(value: str, field: Field) -> str:
    """The code of a slip that no repair mends; empty if there is none."""
    length = fixed_length(field)
    if length and len(value) != length:
        return "short" if len(value) < length else "long"
    day = _DAY.fullmatch(value)
    if field["type"] == "date" and day and _day(*day.groups()) is None:
        return "no-such-day"
    is_number = field["type"] in ("number", "integer")
    return "words" if is_number and not re.search(r"\d", value) else ""


def _has_type(text: str, kind: str) -> bool:
    if kind == "date":
        day = _DAY.fullmatch(text)
        return day is not None and _day(*day.groups()) is not None
    form = _FORMS.get(kind)
    return form is None or form.fullmatch(text) is not None


def _in_range(number: float, limits: dict[str, Any]) -> bool:
    lowest = float(limits.get("minimum", "-inf"))
    return lowest <= number <= float(limits.get("maximum", "inf"))


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


# Repairs: value, field → the value that may be meant, or None


def _without_spaces(value: str, _: Field) -> str:
    return "".join(
        c for c in value if not c.isspace() and unicodedata.category(c) != "Cf"
    )


def _half_width(value: str, _: Field) -> str:
    return unicodedata.normalize("NFKC", value)


def _digits(value: str, _: Field) -> str:
    return value.translate(_LETTERS)


def _capitals(value: str, _: Field) -> str:
    return value.upper()


def _without_marks(value: str, field: Field) -> str | None:
    if field["type"] in ("number", "integer"):
        return value.replace(",", "").replace("，", "")
    return re.sub(r"[-_.,'\"/·]", "", value)


def _without_fraction(value: str, _: Field) -> str:
    return re.sub(r"\.0+$", "", value)


def _without_unit(value: str, field: Field) -> str | None:
    if field["type"] not in ("number", "integer", "year"):
        return None
    match = re.fullmatch(r"[^\d+-]{0,4}([+-]?[\d,]+(?:\.\d+)?)\s*[^\d\s]{1,6}", value)
    return match[1].replace(",", "") if match else None


def _iso_day(value: str, field: Field) -> str | None:
    match = _PARTS.fullmatch(value.strip()) if field["type"] == "date" else None
    return _day(*match.groups()) if match else None


def _swapped_day(value: str, field: Field) -> str | None:
    match = _PARTS.fullmatch(value.strip()) if field["type"] == "date" else None
    return _day(match[1], match[3], match[2]) if match else None


def _other_unit(value: str, field: Field) -> str | None:
    limits = field.get("constraints", {})
    if field["type"] != "number" or not _NUMBER.fullmatch(value):
        return None
    highest = float(limits.get("maximum", "inf"))
    return f"{float(value) / 10_000:g}" if float(value) > highest else None


def _near_word(value: str, field: Field) -> str | None:
    words = [str(word) for word in field.get("constraints", {}).get("enum", ())]
    matches = get_close_matches(value, words, n=2, cutoff=0.6)
    contained = [word for word in words if word in value or value in word]
    likely = contained if len(contained) == 1 else matches[:1]
    return likely[0] if likely else None


_REPAIRS: dict[str, Callable[[str, Field], str | None]] = {
    "spaces": _without_spaces,
    "full-width": _half_width,
    "letters": _digits,
    "lower-case": _capitals,
    "fraction": _without_fraction,
    "marks": _without_marks,
    "unit": _without_unit,
    "day-form": _iso_day,
    "day-month": _swapped_day,
    "other-unit": _other_unit,
    "near-word": _near_word,
}

SLIPS = (*_REPAIRS, "placeholder", "short", "long", "no-such-day", "words")
"""Every code of a slip."""
