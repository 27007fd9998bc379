"""What breaks a rule and can be loaded all the same, so that a person may let it pass."""

from __future__ import annotations

from typing import Any, Final

LOADABLE: Final = frozenset(
    {
        "constraint-error",
        "unique-error",
        "foreign-key",
        "code-error",
        "duplicate-row",
        "deviated-cell",
        "deviated-value",
        "forbidden-value",
        "sequential-value",
        "row-constraint",
        "ascii-value",
        "truncated-value",
        "rows-dropped",
    }
)
"""Rules on cells, rows and their number, whose values are whole: what breaks them loads."""


def blockers(report: dict[str, Any] | None) -> list[str]:
    """The rules of a report that keep its rows from being loaded.

    >>> blockers({"counts": [{"rule": "type-error"}, {"rule": "foreign-key"}]})
    ['type-error']
    >>> blockers({"counts": [{"rule": "foreign-key"}]})
    []
    """
    if report is None:
        return ["report-missing"]
    return sorted({count["rule"] for count in report["counts"]} - LOADABLE)
