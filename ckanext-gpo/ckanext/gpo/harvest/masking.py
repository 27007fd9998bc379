"""Nothing secret in a log: passwords in addresses, tokens in headers."""

from __future__ import annotations

import re
import traceback as tb

_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@\s]*@")
_TOKEN = re.compile(
    r"(?i)\b(bearer\s+|(?:token|password|secret)['\"]?\s*[:=]\s*['\"]?)[^\s'\",)]+"
)


def mask(text: str) -> str:
    """The text without passwords and tokens."""
    return _TOKEN.sub(r"\1***", _PASSWORD.sub(r"\1:***@", text))


def traceback(err: BaseException) -> str:
    """Where an error came from, masked."""
    return mask("".join(tb.format_exception(err)))
