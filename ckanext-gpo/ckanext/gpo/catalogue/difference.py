"""What has to be written so that a record says what the YAML says.

CKAN answers with more than was sent, and in other types; comparing before writing keeps
a second seeding quick and leaves no activity where nothing changed.
"""

from __future__ import annotations

from typing import Any, cast


def changes(stored: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    """The part of `target` that `stored` does not say yet. An absent value is empty."""
    return {
        key: value
        for key, value in target.items()
        if _plain(stored.get(key), value) != _plain(value, value)
    }


def _plain(value: Any, like: Any) -> Any:
    if isinstance(like, list):
        first = next(iter(cast("list[Any]", like)), None)
        items = [_plain(item, first) for item in cast("list[Any]", value or [])]
        # groups and tags come back in an order of their own
        by_name = isinstance(first, dict) and cast("dict[str, Any]", first).keys() == {
            "name"
        }
        return sorted(items) if by_name else items
    if isinstance(like, dict):
        target = cast("dict[str, Any]", like)
        parts = cast("dict[str, Any]", value if isinstance(value, dict) else {})
        if set(target) == {"name"}:
            return parts.get("name")
        names = {key for key, part in parts.items() if part not in (None, "")}
        return {
            key: _plain(parts.get(key), target.get(key)) for key in names | set(target)
        }
    if isinstance(like, bool):
        return value
    return "" if value is None else str(value)
