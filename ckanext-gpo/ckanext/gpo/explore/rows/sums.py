"""Which columns have a total, and which only a mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .fields import NUMBERS, Field

_RATIOS: Final = ("%", "‰", "/", "／", "℃", "倍", "折", "年")
"""What is in units of numbers whose total says nothing."""

_LIMIT: Final = 20


@dataclass(frozen=True)
class Summed:
    """A column with a mean, and a total if that says anything."""

    field: Field
    has_total: bool

    @property
    def measures(self) -> list[dict[str, str]]:
        """For `gpo_dataapi_record_aggregate`."""
        functions = ("sum", "avg") if self.has_total else ("avg",)
        return [{"function": name, "field": self.field.name} for name in functions]


def summed_fields(fields: Iterable[Field]) -> list[Summed]:
    """The columns of quantities: numbers with a unit that are no codes, at most twenty."""
    return [
        Summed(field, not any(sign in field.unit for sign in _RATIOS))
        for field in fields
        if field.type in NUMBERS and field.unit and not field.choices
    ][:_LIMIT]


def read_sums(
    summed: Iterable[Summed], answer: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Name of a column → its `sum` and `avg`, from the answer of the action."""
    names = [measure["name"] for measure in answer["measures"]]
    values = dict(zip(names, answer["groups"][0]["values"], strict=True))
    return {
        column.field.name: {
            function: values.get(f"{function}({column.field.name})")
            for function in ("sum", "avg")
        }
        for column in summed
    }


def profile_sums(
    summed: Iterable[Summed], profiles: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The same of a whole table, from the profiles of its columns."""
    figures = {profile["name"]: profile for profile in profiles}
    return {
        column.field.name: {
            "sum": figures[column.field.name]["sum"] if column.has_total else None,
            "avg": figures[column.field.name]["mean"],
        }
        for column in summed
        if column.field.name in figures
    }
