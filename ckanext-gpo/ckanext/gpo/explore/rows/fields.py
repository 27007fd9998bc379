"""The fields of a table as the page of its rows knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ckanext.gpo.common import labels

NUMBERS: Final = frozenset({"number", "integer"})
DAYS: Final = frozenset({"date", "datetime", "yearmonth"})
_OTHERS: Final = frozenset({"year", "boolean"})


@dataclass(frozen=True)
class Field:
    """A field with its name for the reader.

    :param choices: its values, where the schema lists them
    """

    name: str
    label: str
    type: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def is_text(self) -> bool:
        return self.type not in NUMBERS | DAYS | _OTHERS

    @property
    def takes_words(self) -> bool:
        """Whether a part of its values can be looked for."""
        return self.is_text or self.type == "yearmonth"


def labelled_fields(
    fields: Iterable[Mapping[str, Any]], english: bool
) -> dict[str, Field]:
    """The fields of a Table Schema by name, in its order."""
    return {field["name"]: _labelled(field, english) for field in fields}


def _labelled(field: Mapping[str, Any], english: bool) -> Field:
    constraints = field.get("constraints", {})
    return Field(
        name=field["name"],
        label=labels.title(field, english),
        type=field["type"],
        unit=field.get("unit", ""),
        choices=tuple(map(str, constraints.get("enum", ()))),
        is_required=bool(constraints.get("required")),
    )
