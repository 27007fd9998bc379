"""The sources: one YAML per business system, checked before anything is read from it.

Read anew whenever it is needed: a steward's correction counts from the next job on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import yaml
from jsonschema.exceptions import best_match

from .failures import HarvestError
from .kind import Kind, source_schema

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@dataclass(frozen=True)
class SourceTable:
    """One table of a source: where it is there, and how its columns map to ours."""

    ref: str
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    options: Mapping[str, Any]
    """The keys of the kind, e.g. `path` or `query`, as the YAML has them."""


@dataclass(frozen=True)
class Source:
    """One business system."""

    name: str
    title: str
    title_en: str
    description: str
    kind: str
    connection: str
    organization: str
    schedule: str
    tables: tuple[SourceTable, ...]
    options: Mapping[str, Any]

    def table(self, ref: str) -> SourceTable:
        """:raises HarvestError: `source-invalid`, no such table (any more)"""
        for table in self.tables:
            if table.ref == ref:
                return table
        raise HarvestError(
            "source-invalid",
            source=self.name,
            place="tables",
            reason=f"{ref} is not among them",
        )


class Sources:
    """The sources of a folder laid out like harvesters/.

    :param location: an importable package, or an absolute folder; it holds
        `source.schema.json` and `sources/<name>.yaml`
    :param kinds: the kinds that a source may be of
    """

    def __init__(self, location: str, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self.root: Traversable = (
            Path(location)
            if Path(location).is_absolute()
            else resources.files(location)
        )

    def names(self) -> list[str]:
        """Names of all sources, valid or not."""
        return sorted(
            entry.name.removesuffix(".yaml")
            for entry in self.root.joinpath("sources").iterdir()
            if entry.name.endswith(".yaml")
        )

    def get(self, name: str) -> Source:
        """The source of that name.

        :raises HarvestError: `source-unknown` or `source-invalid`
        """
        if name not in self.names():
            raise HarvestError("source-unknown", source=name)
        text = self.root.joinpath("sources", f"{name}.yaml").read_bytes()
        schema = json.loads(self.root.joinpath("source.schema.json").read_text("utf-8"))
        return parse(name, text, schema, self.kinds)


def parse(
    name: str, text: bytes, schema: Mapping[str, Any], kinds: Mapping[str, Kind]
) -> Source:
    """A source from the text of its YAML.

    :param schema: what sources of every kind have
    :raises HarvestError: `source-invalid` with place and reason
    """
    for place, reason in _faults(name, text, schema, kinds):
        raise HarvestError("source-invalid", source=name, place=place, reason=reason)
    data = _with_text_codes(yaml.safe_load(text))
    common_keys = {"name", "title", "title_en", "description", "kind", "connection"}
    common_keys |= {"organization", "schedule", "tables"}
    return Source(
        **{key: data.get(key, "") for key in common_keys - {"tables"}},
        tables=tuple(_table(entry) for entry in data["tables"]),
        options={key: value for key, value in data.items() if key not in common_keys},
    )


def _faults(
    name: str, text: bytes, schema: Mapping[str, Any], kinds: Mapping[str, Kind]
) -> Iterator[tuple[str, str]]:
    try:
        data = _with_text_codes(yaml.safe_load(text))
    except (yaml.YAMLError, UnicodeDecodeError) as err:
        mark = getattr(err, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "the file"
        yield place, getattr(err, "problem", None) or "not YAML in UTF-8"
        return
    kind = _mapping(data).get("kind")
    contract = jsonschema.Draft202012Validator(source_schema(schema, kinds, kind))
    fault = best_match(contract.iter_errors(data))
    if fault:
        yield fault.json_path.removeprefix("$").lstrip(".") or "the file", fault.message
        return
    if data["name"] != name:
        yield "name", f"{data['name']} is not the name of the file"
    refs = [entry["table"] for entry in data["tables"]]
    for number, entry in enumerate(data["tables"]):
        if entry["table"] in refs[:number]:
            yield f"tables[{number}].table", f"{entry['table']} stands there twice"
        for field in entry.get("codes", {}).keys() - entry["columns"].keys():
            yield f"tables[{number}].codes.{field}", "the field is not in columns"


def _with_text_codes(data: Any) -> Any:
    """Codes as text, since YAML reads an unquoted 01 or 1 as a number."""
    entries = _mapping(data).get("tables")
    for entry in cast("list[Any]", entries if isinstance(entries, list) else []):
        codes = _mapping(_mapping(entry).get("codes"))
        for field, table in codes.items():
            if isinstance(table, dict):
                pairs = cast("dict[Any, Any]", table).items()
                codes[field] = {_text(key): _text(val) for key, val in pairs}
    return data


def _mapping(value: Any) -> dict[str, Any]:
    """The value itself if it is a mapping, else an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(entry: dict[str, Any]) -> SourceTable:
    own = {"table", "columns", "codes"}
    return SourceTable(
        ref=entry["table"],
        columns=entry["columns"],
        codes=entry.get("codes", {}),
        options={key: value for key, value in entry.items() if key not in own},
    )
