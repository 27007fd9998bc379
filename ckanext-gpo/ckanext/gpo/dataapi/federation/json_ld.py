"""JSON-LD in the order in which harvesters read it: the Chinese text of several first.

rdflib writes several values of a property in any order, and a harvester that knows one
text of each takes the first.
"""

from __future__ import annotations

import json
from typing import Any, cast


def in_order(text: str) -> str:
    """The same JSON-LD with texts of a language behind those without."""
    return json.dumps(_sorted(json.loads(text)), ensure_ascii=False, indent=2)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        things = cast("dict[str, Any]", value)
        return {key: _sorted(each) for key, each in things.items()}
    if isinstance(value, list):
        values = cast("list[Any]", value)
        return sorted(map(_sorted, values), key=_has_language)
    return value


def _has_language(value: Any) -> bool:
    return isinstance(value, dict) and "@language" in value
