"""What personal data looks like: numbers that belong to one person, wherever they stand.

The Personal Information Protection Law (个人信息保护法), art. 28, counts identity and financial
accounts among sensitive personal information; none of it may be in what is disclosed
(政府信息公开条例, art. 15). Names are not told from other words for certain, so they are no
matter of this list; a number with asterisks in it is no personal data any more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent
from stdnum.iso7064 import mod_11_2

SUSPICIOUS: Final = "(?:[0-9０-９][ -]?){10}[0-9０-９]"
"""For Python and RE2: every text that holds personal data matches it somewhere."""


def _is_identity(number: str) -> bool:
    # Where it was given is not asked: divisions come and go, and the list has gaps.
    try:
        ric.get_birth_date(number)
    except InvalidComponent:
        return False
    return mod_11_2.is_valid(number.upper())


_FORMS: Final[Mapping[str, tuple[re.Pattern[str], Callable[[str], bool]]]] = {
    # GB 11643: division, day of birth, serial, check digit
    "identity-number": (
        re.compile(
            r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ -]?(?:19|20)[0-9]{6}[ -]?[0-9]{3}[0-9Xx]"
            r"(?![0-9A-Za-z])"
        ),
        _is_identity,
    ),
    "mobile-number": (
        re.compile(
            r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9A-Za-z])"
        ),
        bool,
    ),
    # ISO/IEC 7812, issued by UnionPay
    "bank-card": (
        re.compile(
            r"(?<![0-9A-Za-z])62[0-9]{2}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?"
            r"(?![0-9A-Za-z])"
        ),
        luhn.is_valid,
    ),
}


def kinds(text: str) -> list[str]:
    """The kinds of personal data in a text: `identity-number`, `mobile-number`, `bank-card`.

    >>> kinds("经办人手机13800000000"), kinds("热线12345，13800****00")
    (['mobile-number'], [])
    """
    plain = unicodedata.normalize("NFKC", text)
    return [
        kind
        for kind, (pattern, is_valid) in _FORMS.items()
        if any(
            is_valid(re.sub("[ -]", "", number)) for number in pattern.findall(plain)
        )
    ]
