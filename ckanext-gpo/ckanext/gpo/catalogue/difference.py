"""What has to be written so that a record says what the YAML says.

CKAN answers with more than was sent, and in other types; comparing before writing keeps
a second seeding quick and leaves no activity where nothing changed.
"""

from __future__ import annotations

from typing import Any


def changes(stored: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    """The part of `target` that `stored` does not say yet. An absent value is empty."""
    return {
        key: value
        for key, value in target.items()
        if _plain(stored.get(key), value) != _plain(value, value)
    }


def _plain(value: Any, like: Any) -> Any:
    if isinstance(like, list):
        items = [_plain(item, like[0] if like else None) for item in value or []]
        # groups and tags come back in an order of their own
        by_name = like and isinstance(like[0], dict) and set(like[0]) == {"name"}
        return sorted(items) if by_name else items
    if isinstance(like, dict):
        parts = value if isinstance(value, dict) else {}
        if set(like) == {"name"}:
            return parts.get("name")
        names = {key for key, part in parts.items() if part not in (None, "")}
        return {key: _plain(parts.get(key), like.get(key)) for key in names | set(like)}
    if isinstance(like, bool):
        return value
    return "" if value is None else str(value)
