"""What rooms write in Lucene's language, which `fq` of `package_search` takes."""

from __future__ import annotations


def quote(value: str) -> str:
    """A value as a phrase of Lucene's language, whatever is in it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
