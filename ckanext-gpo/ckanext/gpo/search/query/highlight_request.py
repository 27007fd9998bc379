"""What shall be highlighted of the results: Solr's `hl` parameters.

All that `package_search` lets pass (`adapter.passthrough`) is read: programs that know
Solr send it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ckanext.gpo.search.errors import QueryError

MAX_SNIPPETS = 100
"""Pieces of one field that anybody is given, whatever was asked for."""

METHODS = ("unified", "original", "fastVector")
"""Solr's ways to the same end; here is only one."""


@dataclass(frozen=True)
class Shape:
    """How the pieces of one field look.

    `size` is the length of a piece in characters, 0 for the whole value.
    """

    snippets: int = 1
    size: int = 100
    opening: str = "<em>"
    closing: str = "</em>"
    escaped: bool = False
    analysed_length: int = 51_200


@dataclass(frozen=True)
class HighlightRequest:
    """What shall be highlighted, with wildcards, and how; `own_field` as in `Marker.spans`.

    `key` is the field whose value stands for a document in the answer, if not the
    unique key.
    """

    fields: tuple[str, ...]
    params: dict[str, Any]
    key: str = ""
    own_field: bool = False

    def shape(self, name: str) -> Shape:
        """How the pieces of a field look: its own values come before those for all.

        :raises QueryError: a value is no number
        """

        def value(*keys: str) -> Any:
            for key in keys:
                for param in (f"f.{name}.{key}", key):
                    if self.params.get(param) not in (None, ""):
                        return self.params[param]
            return None

        return Shape(
            min(_count("hl.snippets", value("hl.snippets"), 1), MAX_SNIPPETS),
            _count("hl.fragsize", value("hl.fragsize"), 100),
            str(value("hl.tag.pre", "hl.simple.pre") or "<em>"),
            str(value("hl.tag.post", "hl.simple.post") or "</em>"),
            value("hl.encoder") == "html",
            _count("hl.maxAnalyzedChars", value("hl.maxAnalyzedChars"), 51_200),
        )


def read_highlight(params: dict[str, Any]) -> HighlightRequest | None:
    """The `hl` parameters of a request; None if no highlights are asked for.

    `hl.key` is our own: Solr's answer is always by the unique key.

    :raises QueryError: one of them is nonsense
    """
    if not _flag(params.get("hl")):
        return None
    method = params.get("hl.method") or METHODS[0]
    if method not in METHODS:
        raise QueryError(f"Unknown highlighting method: {method}")
    value = params.get("hl.fl") or ""
    names = value if isinstance(value, str) else ",".join(map(str, value))
    request = HighlightRequest(
        tuple(names.replace(",", " ").split()),
        params,
        str(params.get("hl.key") or ""),
        own_field=_flag(params.get("hl.requireFieldMatch")),
    )
    request.shape("")  # says at once what is no number
    return request


def _flag(value: Any) -> bool:
    return str(value or "").lower() in ("true", "on", "1", "yes")


def _count(name: str, value: Any, default: int) -> int:
    if value is None:
        return default
    try:
        count = int(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise QueryError(f"{name} is not a number: {value!r}") from error
    if count < 0:
        raise QueryError(f"'{name}' parameter cannot be negative")
    return count
