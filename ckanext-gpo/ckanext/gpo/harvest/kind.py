"""What a kind of business system says of itself; nothing else lists the kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from .failures import HarvestError, Translate


@dataclass(frozen=True)
class Kind:
    """One kind of business system, in the module of its harvester.

    :param name: `kind` of a source's YAML; the harvest source type is `gpo_<name>`
    :param words: title and description, in the language of the translator
    :param address: an example of what a connection stands for, without a secret
    :param table: JSON Schema of a table's keys beside `table`, `columns` and `codes`
    :param source: JSON Schemas of keys that only sources of this kind have
    :param error: the class whose `texts` are the codes of the kind's own
    """

    name: str
    words: Callable[[Translate], tuple[str, str]]
    address: str
    table: Mapping[str, Any]
    source: Mapping[str, Any] = field(default_factory=dict[str, Any])
    error: type[HarvestError] = HarvestError


def source_schema(
    shared: Mapping[str, Any], kinds: Mapping[str, Kind], name: Any
) -> dict[str, Any]:
    """The JSON Schema of a source.

    :param shared: what sources of every kind have, `source.schema.json`
    :param name: the `kind` that the source names, known or not
    """
    schema: dict[str, Any] = deepcopy(dict(shared))
    schema["properties"]["kind"] = {"enum": sorted(kinds)}
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        return schema
    schema["properties"].update(kind.source)
    table = schema["$defs"]["table"]
    schema["$defs"]["table"] = {
        **table,
        **kind.table,
        "required": [*table["required"], *kind.table.get("required", ())],
        "properties": {**table["properties"], **kind.table["properties"]},
        "additionalProperties": False,
    }
    return schema
