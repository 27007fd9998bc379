"""What is declared about the files of a table, so that nothing has to be guessed.

Stands in the Table Schema under `gpo:intake`, or in a source's YAML, which goes before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jsonschema

_TEXT: Final = {"type": "string", "minLength": 1}
_CODES: Final = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": "string"},
}

PROPERTIES: Final[Mapping[str, Any]] = {
    "columns": {"type": "object", "additionalProperties": {"type": "string"}},
    "codes": {"type": "object", "additionalProperties": _CODES},
    "sheet": _TEXT,
    "path": _TEXT,
    "archive_member": _TEXT,
    "allow": {"type": "array", "items": _TEXT},
    "units": {
        "type": "object",
        "additionalProperties": {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
    },
}
"""JSON Schemas of the keys of a descriptor, see `Declaration`."""

_SCHEMA: Final = {
    "type": "object",
    "properties": PROPERTIES,
    "additionalProperties": False,
}


class DeclarationError(ValueError):
    """A descriptor that declares nothing; says where and why."""


@dataclass(frozen=True)
class Declaration:
    """How the files of one table are made.

    - `columns`: field name → label above its column, where it is neither the field's name,
      nor its title, nor one of its synonyms (`gpo:synonyms` of the field); levels of a header
      are joined by `/`; an empty label means the column without one
    - `codes`: field name → cell → what it stands for
    - `sheet`: its name, where the one that fits is not to be looked for
    - `path`: where the records are in JSON or XML, e.g. `data/rows`
    - `archive_member`: pattern of the one file in an archive of several
    - `allow`: codes of steps that can change a value, and that this table consents to
    - `units`: label of a unit in the files → factor to the schema's, e.g. `元: 0.0001`
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    codes: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    sheet: str = ""
    path: str = ""
    archive_member: str = ""
    allow: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def from_descriptor(cls, descriptor: Mapping[str, Any]) -> Declaration:
        """A declaration from what a Table Schema or a source's YAML says.

        >>> Declaration.from_descriptor({"sheet": "2025年"}).sheet
        '2025年'

        :raises DeclarationError: an unknown key, a value of the wrong form, or a code in
            `allow` that needs no consent
        """
        contract: Any = jsonschema.Draft202012Validator(_SCHEMA)
        for fault in contract.iter_errors(descriptor):
            place = fault.json_path.removeprefix("$").lstrip(".")
            raise DeclarationError(f"{place}: {fault.message}".removeprefix(": "))
        allow = frozenset[str](descriptor.get("allow", ()))
        if unknown := allow - _consents():
            raise DeclarationError(
                f"allow: {', '.join(sorted(unknown))} needs no consent, or none can be given"
            )
        arguments: dict[str, Any] = {**descriptor, "allow": allow}
        return cls(**arguments)


def _consents() -> frozenset[str]:
    # Here, since the stations that list the codes take declarations themselves.
    from .codes import ALL_CODES, Decision  # noqa: PLC0415

    return frozenset(
        name for name, code in ALL_CODES.items() if code.decision is Decision.CONSENT
    )
