"""Numbers as a workbook shows them: number formats, and day numbers as dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final, TypeAlias

from ckanext.gpo.intake.grid import Cell, DisplayedCell

from .dates import DatePattern, from_serial, parse_date_pattern

Number: TypeAlias = int | float
Reader: TypeAlias = Callable[[Number], Cell]
"""Makes a cell of a stored number."""

BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "General",
    13: "General", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: "¥#,##0;¥-#,##0;¥-",
    43: "#,##0.00;-#,##0.00;-", 44: "¥#,##0.00;¥-#,##0.00;¥-", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number alone, as a Chinese Excel shows them."""

DAYS: Final = 1 << 14
"""Dates that are kept of each format: those of a table are few, and come again."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.'
    r"|\[(?P<bracket>[^\[\]]*)\]|(?P<plain>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_PLACEHOLDERS: Final = "0#?"


@dataclass(frozen=True)
class _Section:
    """One of up to three forms of a number, between semicolons.

    `inserts` are texts within its whole part, each with the count of digits on its right.
    """

    prefix: str
    suffix: str
    digits: int
    decimals: int
    optional_decimals: int
    thousands: bool
    percent: int
    thousandths: int
    exponent: int
    condition: tuple[str, float] | None
    inserts: tuple[tuple[int, str], ...]
    literal: bool

    def text(self, number: Number) -> str:
        if self.literal:
            return self.prefix
        value = Decimal(repr(abs(number))).scaleb(
            2 * self.percent - 3 * self.thousandths
        )
        if self.exponent:
            return self.prefix + self._scientific(value) + self.suffix
        body = _rounded(value, self.decimals, self.thousands)
        body = _drop_zeros(body, self.optional_decimals)
        whole, point, fraction = body.partition(".")
        if self.digits == 0 and whole == "0":
            whole = ""
        whole = whole.zfill(self.digits)
        for from_right, text in self.inserts:
            position = max(0, len(whole) - from_right)
            whole = whole[:position] + text + whole[position:]
        return self.prefix + whole + point + fraction + self.suffix

    def plain_format(self) -> str | None:
        """Python's own format that does the same with a number that needs no rounding."""
        others = (
            self.prefix,
            self.suffix,
            self.inserts,
            self.percent,
            self.thousandths,
        )
        others += (self.exponent, self.condition, self.optional_decimals, self.literal)
        if any(others) or self.digits != 1:
            return None
        return f"{',' if self.thousands else ''}.{self.decimals}f"

    def _scientific(self, value: Decimal) -> str:
        mantissa, _, exponent = f"{value:.{self.decimals}E}".partition("E")
        sign = exponent[0] if exponent[0] in "+-" else "+"
        return f"{mantissa}E{sign}{exponent.lstrip('+-').zfill(self.exponent)}"

    def matches(self, number: Number) -> bool:
        if self.condition is None:
            return True
        sign, limit = self.condition
        return {
            "<": number < limit, ">": number > limit, "=": number == limit,
            "<=": number <= limit, ">=": number >= limit, "<>": number != limit,
        }[sign]  # fmt: skip


def _rounded(value: Decimal, decimals: int, thousands: bool) -> str:
    exact = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact:,f}" if thousands else f"{exact:f}"


def _drop_zeros(body: str, optional: int) -> str:
    while optional and body.endswith("0") and "." in body:
        body, optional = body[:-1], optional - 1
    return body


@lru_cache(maxsize=1024)
def reader(code: str, *, date1904: bool = False) -> Reader | None:
    """What makes cells of numbers in a format; None where the format shows them as stored.

    Fractions (`# ?/?`) count as shown as stored.
    """
    if code in ("", "General", "@", "0_ ", "General_)"):
        return None
    pattern = parse_date_pattern(code)
    if pattern is not None:
        return _date_reader(pattern, date1904=date1904)
    sections = [_section(part) for part in _split(code)[:3]]
    if any(section is None for section in sections):
        return None
    return _number_reader([section for section in sections if section])


def _date_reader(pattern: DatePattern, *, date1904: bool) -> Reader:
    @lru_cache(DAYS)
    def read(number: Number) -> Cell:
        moment = from_serial(number, pattern, date1904=date1904)
        if moment is None:
            return number
        text = pattern.partial_text(moment)
        return moment if text is None else DisplayedCell(moment, text)

    return read


def _number_reader(sections: list[_Section]) -> Reader:
    plain = sections[0].plain_format() if len(sections) == 1 else None
    places = sections[0].decimals

    def read(number: Number) -> Cell:
        if plain is not None and round(number, places) == number:
            text = format(number, plain)
            is_as_stored = "," not in text and text == str(number)
            return number if is_as_stored else DisplayedCell(number, text)
        text = _format_number(number, sections)
        return number if text == str(number) else DisplayedCell(number, text)

    return read


def _format_number(number: Number, sections: list[_Section]) -> str:
    if any(section.condition for section in sections):
        section = next((s for s in sections if s.matches(number)), None)
        if section is None:
            return str(number)
        return ("-" if number < 0 and not section.literal else "") + section.text(
            number
        )
    if number < 0 and len(sections) > 1:
        return sections[1].text(number)
    if number == 0 and len(sections) > 2:
        return sections[2].text(number)
    text = sections[0].text(number)
    return "-" + text if number < 0 and any(c in "123456789" for c in text) else text


def _split(code: str) -> list[str]:
    parts, current = [""], 0
    for match in _TOKEN.finditer(code):
        if match["plain"] == ";":
            parts.append("")
            current += 1
        else:
            parts[current] += match[0]
    return parts


def _section(code: str) -> _Section | None:
    """A section of numbers; None for what is not understood."""
    parts = _Parts()
    for match in _TOKEN.finditer(code):
        bracket, plain = match["bracket"], match["plain"]
        if bracket is not None:
            parts.add_bracket(bracket)
        elif plain and plain in "/@":
            return None
        elif plain and parts.takes(plain):
            parts.add_sign(plain)
        else:
            parts.percent += plain == "%"
            parts.add_text(match["quoted"] or match["escaped"] or plain or "")
    return None if "General" in code else parts.section()


@dataclass
class _Parts:
    """A section while its format is read; `body` is its placeholders and their signs."""

    prefix: str = ""
    suffix: str = ""
    body: str = ""
    percent: int = 0
    condition: tuple[str, float] | None = None
    inserts: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def takes(self, sign: str) -> bool:
        """Whether a sign is part of the number; `+` and `-` are in an exponent only."""
        if sign in "+-":
            return self.body.endswith("E")
        return (
            sign in _PLACEHOLDERS or sign == "." or (sign in ",E" and bool(self.body))
        )

    def add_sign(self, sign: str) -> None:
        if self.suffix and sign in _PLACEHOLDERS:
            # Text between digits, as in a telephone number
            self.inserts.append((len(self.body), self.suffix))
            self.suffix = ""
        self.body += sign

    def add_text(self, text: str) -> None:
        if self.body:
            self.suffix += text
        else:
            self.prefix += text

    def add_bracket(self, bracket: str) -> None:
        match = _CONDITION.fullmatch(bracket)
        if match:
            self.condition = (match[1], float(match[2]))
        elif bracket.startswith("$"):
            self.add_text(bracket[1:].split("-", maxsplit=1)[0])

    def section(self) -> _Section:
        mantissa, _, exponent = self.body.partition("E")
        scaled = mantissa.rstrip(",")
        whole, _, fraction = scaled.partition(".")
        return _Section(
            prefix=self.prefix,
            suffix=self.suffix,
            digits=whole.count("0"),
            decimals=len(fraction),
            optional_decimals=len(fraction) - len(fraction.rstrip("#")),
            thousands="," in whole,
            percent=self.percent,
            thousandths=len(mantissa) - len(scaled),
            exponent=exponent.count("0"),
            condition=self.condition,
            inserts=tuple(
                (len(whole) - position, text) for position, text in self.inserts
            ),
            literal=not self.body,
        )
