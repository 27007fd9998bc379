"""Codes that national standards define, checked further than a pattern can.

Each check takes the text of a cell and returns a stable error code, or None if the text
is a valid code. Empty cells are the business of `required`, not of these checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from stdnum import numdb
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

_PROJECT_CODE = re.compile(r"[0-9]{4}-([0-9]{6})-[0-9]{2}-[0-9]{2}-[0-9]{6}")
_DIVISION = re.compile(r"[0-9]{6}")


def uscc_error(value: str) -> str | None:
    """Whether a 统一社会信用代码 (GB 32100-2015) is written exactly and its last character fits.

    :returns: uscc-length, uscc-format, uscc-checksum or None
    """
    try:
        exact = uscc.validate(value) == value
    except InvalidLength:
        return "uscc-length"
    except InvalidChecksum:
        return "uscc-checksum"
    except ValidationError:
        return "uscc-format"
    # stdnum also takes lower case, blanks and hyphens; tables are joined by the plain code.
    return None if exact else "uscc-format"


def project_code_error(value: str) -> str | None:
    """Whether a 投资项目统一代码 has its five parts, as 2017-320402-48-01-500001.

    Year, division, industry, kind and serial; the division must be one (GB/T 2260).

    :returns: project-code or None
    """
    match = _PROJECT_CODE.fullmatch(value)
    if match is None or division_error(match[1]):
        return "project-code"
    return None


@lru_cache(maxsize=4096)  # a table names few divisions, in many rows
def division_error(value: str) -> str | None:
    """Whether a 行政区划代码 (GB/T 2260) has six digits and was ever given to a place.

    Abolished divisions count: old records keep the code they were made with.

    :returns: division or None
    """
    if _DIVISION.fullmatch(value) is None:
        return "division"
    last_part = numdb.get("cn/loc").info(value)[-1][1]
    return None if "county" in last_part else "division"


CHECKS: dict[str, Callable[[str], str | None]] = {
    "uscc": uscc_error,
    "project_code": project_code_error,
    "division": division_error,
}
"""What a field of a Data Package names as `gpo:check`."""
