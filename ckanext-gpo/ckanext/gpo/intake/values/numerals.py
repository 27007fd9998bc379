"""Chinese numerals, where they have one reading. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LIKE = re.compile(
    "负?[〇○零一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩仨几多余]+"
)


def looks_like_numeral(text: str) -> bool:
    """Whether a text is written with the characters of numerals only."""
    return bool(_LIKE.fullmatch(text))


def numeral(text: str) -> Decimal | None:
    """The number; None for what can be read two ways (三千五, 一万二) or not at all.

    >>> numeral("一百二十三"), numeral("壹佰零伍"), numeral("三千五")
    (Decimal('123'), Decimal('105'), None)
    """
    import cn2an  # noqa: PLC0415 - hardly any table needs it

    plain = text.replace("〇", "零").replace("○", "零").replace("两", "二")
    try:
        # Decimal of the text: a float's own digits must not come in.
        return Decimal(str(cn2an.cn2an(plain, "strict")))
    except ValueError:
        return None


def digits(text: str) -> str:
    """Numerals that stand for digits, one by one, as in a year.

    >>> digits("二〇二六")
    '2026'
    """
    return text.translate(_DIGITS)
