"""What a report says of a verdict: complete counts, some examples, facts not words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from frictionless import Error

from ckanext.gpo.common.tables import Table

EXAMPLES = 20
"""How many examples of each rule and field a report keeps; the counts are complete."""

OnFact: TypeAlias = Callable[[dict[str, Any]], None]
"""Takes every error of a check as it comes, as a report describes it."""


class Findings:
    """Takes the errors of one table as they come, in memory that does not grow with them.

    Each goes on to `on_fact`; of some a report keeps examples.
    """

    def __init__(self, table: Table, on_fact: OnFact | None = None) -> None:
        self._on_fact = on_fact
        self._fields = {field["name"]: field for field in table.fields}
        self._counts: Counter[tuple[str, str | None]] = Counter()
        self._examples: list[dict[str, Any]] = []

    def add(self, error: Error) -> None:
        group = (error.type, _field(error))
        self._counts[group] += 1
        is_example = self._counts[group] <= EXAMPLES
        if not (is_example or self._on_fact):
            return
        fact = self._fact(error)
        if is_example:
            self._examples.append(fact)
        if self._on_fact:
            self._on_fact(fact)

    @property
    def rules(self) -> set[str]:
        return {rule for rule, _ in self._counts}

    def as_dict(self) -> dict[str, Any]:
        """`{valid, error_count, counts, errors}`, see `engine.check`."""
        return {
            "valid": not self._counts,
            "error_count": self._counts.total(),
            "counts": [
                {"rule": rule, "field": field, "count": count}
                for (rule, field), count in self._counts.most_common()
            ],
            "errors": self._examples,
        }

    def _fact(self, error: Any) -> dict[str, Any]:
        fact: dict[str, Any] = {"rule": error.type, "note": error.note}
        cells = getattr(error, "cells", None)
        if cells is not None:
            fact["row"] = error.row_number
            fact["cells"] = list(cells)
        if (field := _field(error)) is not None:
            fact["field"] = field
        if hasattr(error, "cell"):
            fact["value"] = error.cell
        if hasattr(error, "reference_name"):
            fact["value"] = ", ".join(error.field_cells)
            fact["reference"] = error.reference_name
        return fact | self._limit(error, field)

    def _limit(self, error: Error, field_name: str | None) -> dict[str, Any]:
        field = self._fields.get(field_name or "")
        if field is None:
            return {}
        if error.type == "type-error":
            return {"limit": field["type"]}
        # The note is the only place where Frictionless says which constraint it was.
        match = re.match(r'constraint "(\w+)"', error.note)
        if error.type == "constraint-error" and match:
            constraint = match[1]
            limit = field["constraints"].get(constraint)
            return {"constraint": constraint, "limit": limit}
        return {}


def _field(error: Any) -> str | None:
    """The column that an error is about, or the columns; None for a whole row or table."""
    if hasattr(error, "reference_name"):
        return ", ".join(error.field_names)
    if hasattr(error, "label"):
        return error.label or getattr(error, "field_name", "")
    return getattr(error, "field_name", None)
