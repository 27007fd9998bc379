"""Where a page may lead after logging in or out: to a path of this site, nowhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit


def is_local(target: Any) -> bool:
    """Whether every browser takes the target for a path of this site.

    Browsers read `\\` as `/` and leave out control characters, so `/\\evil.example` and
    `/<tab>/evil.example` lead to another host.
    """
    if not isinstance(target, str) or not target.startswith("/"):
        return False
    if "\\" in target or not target.isprintable():
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not target.startswith("//")
