"""What many faults have in common: one entry for each rule and field, as facts. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ckanext.gpo.common.tables import Table

from .repairs import Slip, fixed_length, slip

VALUES = 3
"""Commonest values that a pattern tells."""

_DISTINCT = 5_000
"""Different values of a field that are counted; those that come after them are not."""

_RUN = 5
"""Faulty rows in a row, from which on that is worth saying."""

_FIRST_ROW = 2
"""Of a clean table: its header is row 1."""


@dataclass
class _Group:
    column: int | None
    faults: int = 0
    rows: int = 0
    hints: Counter[str] = field(default_factory=Counter[str])
    slips: Counter[str] = field(default_factory=Counter[str])
    lengths: Counter[int] = field(default_factory=Counter[int])
    values: Counter[str] = field(default_factory=Counter[str])
    first: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)


class Patterns:
    """Takes the faults of one table in the order of its rows."""

    def __init__(self, table: Table, rows: int) -> None:
        self._fields = {field["name"]: field for field in table.fields}
        self._rows = rows
        self._groups: dict[tuple[str, str | None], _Group] = {}
        self._slip = lru_cache(maxsize=20_000)(self._find_slip)

    def add(
        self,
        rule: str,
        field: str | None,
        *,
        row: int | None = None,
        clean_row: int | None = None,
        column: int | None = None,
        hint: str = "",
        value: str | None = None,
    ) -> None:
        """Count a fault.

        :param row: in the file; `clean_row` in the clean table
        :param hint: the constraint that is not kept, or what the check has noted
        """
        group = self._groups.get((rule, field))
        if group is None:
            group = self._groups[rule, field] = _Group(column)
        group.faults += 1
        group.hints[hint] += 1
        if row is not None and row != group.last[0]:
            group.rows += 1
            group.last = (row, clean_row or 0)
            if group.rows == 1:
                group.first = group.last
        if value:
            if value in group.values or len(group.values) < _DISTINCT:
                group.values[value] += 1
            if match := self._slip(field, value):
                group.slips[match.code] += 1
                if match.code in ("short", "long"):
                    group.lengths[self._difference(field, value)] += 1

    def as_list(self) -> list[dict[str, Any]]:
        """`[{rule, field, column, faults, rows, share, hint, slip, slips, difference, values,
        run, first_row, last_row}]`, the most frequent first.

        - `share`: of all rows, 0 to 1; `hint`: the commonest
        - `slip`: the commonest code of `repairs.SLIPS`, empty if there is none, and `slips`
          how often; `difference`: characters too many, less than 0 if too few
        - `values`: the commonest, `[[value, count]]`; only those that occur twice
        - `run`: `all` rows, all `from` the first one on, a `span` of them, or empty
        """
        entries = [
            self._entry(rule, field, group)
            for (rule, field), group in self._groups.items()
        ]
        return sorted(entries, key=lambda entry: -entry["faults"])

    def _entry(self, rule: str, field: str | None, group: _Group) -> dict[str, Any]:
        commonest, slips = (group.slips.most_common(1) or [("", 0)])[0]
        difference = (group.lengths.most_common(1) or [(0, 0)])[0][0]
        return {
            "rule": rule,
            "field": field,
            "column": group.column,
            "faults": group.faults,
            "rows": group.rows,
            "share": round(group.rows / self._rows, 4) if self._rows else 0,
            "hint": group.hints.most_common(1)[0][0],
            "slip": commonest,
            "slips": slips,
            "difference": difference if commonest in ("short", "long") else 0,
            "values": [
                [value, count]
                for value, count in group.values.most_common(VALUES)
                if count > 1
            ],
            "run": self._run(group),
            "first_row": group.first[0] or None,
            "last_row": group.last[0] or None,
        }

    def _run(self, group: _Group) -> str:
        first, last = group.first[1], group.last[1]
        if group.rows < _RUN or not first or last - first + 1 != group.rows:
            return ""
        if last < _FIRST_ROW + self._rows - 1:
            return "span"
        return "all" if first == _FIRST_ROW else "from"

    def _find_slip(self, name: str | None, value: str) -> Slip | None:
        described = self._fields.get(name or "")
        return slip(value, described) if described else None

    def _difference(self, name: str | None, value: str) -> int:
        return len(value) - (fixed_length(self._fields[name or ""]) or 0)
