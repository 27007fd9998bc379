"""Where a candidate's rows stood in the department's own file."""

from __future__ import annotations

from typing import Any, cast

GREATEST_ROW = 2**31 - 1

FROM_VERSION = ("restored", "corrected")
"""Keys of a stored `origin` under which `{id, number}` of an earlier version may stand."""

NOTE = "note"
"""Key of a stored `origin` for what was said when it was handed in; for staff only."""


def unreadable(origin: dict[str, Any]) -> list[str]:
    """The fields of a caller's `origin` that no report could be made from."""
    return sorted(str(key) for key in origin.keys() - _valid_fields(origin).keys())


def readable(stored: dict[str, Any]) -> dict[str, Any]:
    """What can be shown of a stored `origin`; older ones were kept unchecked."""
    origin = _valid_fields(stored)
    for kind in FROM_VERSION:
        version = stored.get(kind)
        if isinstance(version, dict) and {"id", "number"} <= version.keys():
            origin[kind] = version
    return origin


def of_file(stored: dict[str, Any]) -> dict[str, Any]:
    """What a stored `origin` says of the file, for a version that is made of it anew."""
    return {k: v for k, v in stored.items() if k not in (*FROM_VERSION, NOTE)}


def source_row(origin: dict[str, Any], row: int | None) -> int | None:
    """The row in the department's own file; None where that is not known.

    A readable `origin` says it by one `row_offset` for all rows, or by `row_offsets`:
    from which candidate row on which offset holds, where rows in between were left out.

    >>> source_row({"row_offset": 2}, 5)
    7
    >>> source_row({"row_offsets": [[2, 3], [10, 4]]}, 12)
    16
    """
    if row is None:
        return None
    steps: list[list[Any]] = origin.get("row_offsets") or [
        [0, origin.get("row_offset")]
    ]
    offset = next((offset for start, offset in reversed(steps) if start <= row), None)
    return None if offset is None else row + offset


def _valid_fields(origin: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in origin.items() if k in _FIELDS and _FIELDS[k](v)}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_row(value: Any) -> bool:
    return type(value) is int and 0 <= value <= GREATEST_ROW


def _are_steps(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(step, list)
        and len(cast("list[Any]", step)) == 2
        and all(map(_is_row, cast("list[Any]", step)))
        for step in cast("list[Any]", value)
    )


_FIELDS = {"label": _is_text, "row_offset": _is_row, "row_offsets": _are_steps}
