"""The tables that the district publishes, read from the Data Packages in dataset_schemas/.

A *table ref* is `<domain>/<table>`, e.g. `tax/a_credit_taxpayers`. One table is one
dataset; its CKAN name is derived from the ref here and nowhere else, because a name
munged from a Chinese title would be `__`.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from .errors import UnknownTable

DOMAINS = (
    "planning",
    "construction",
    "budget",
    "tax",
    "environment",
    "food_drug",
    "safety",
    "culture",
    "legal",
)
"""The nine pilot domains in the order of the 2017 plan, section 2."""


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that must occur in columns of another one."""

    fields: tuple[str, ...]
    table_ref: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One tabular resource of a domain's Data Package."""

    domain: str
    descriptor: dict[str, Any]

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def ref(self) -> str:
        return f"{self.domain}/{self.name}"

    @property
    def dataset_name(self) -> str:
        return self.ref.replace("/", "-").replace("_", "-")

    @property
    def title(self) -> str:
        return self.descriptor["title"]

    @property
    def description(self) -> str:
        return self.descriptor["description"]

    @property
    def schema(self) -> dict[str, Any]:
        """The Table Schema (Frictionless), as written."""
        return self.descriptor["schema"]

    @property
    def gpo(self) -> dict[str, Any]:
        """The block of catalogue metadata (发改高技〔2017〕1272号) beside the schema."""
        return self.descriptor.get("gpo", {})

    @property
    def fields(self) -> list[dict[str, Any]]:
        return self.schema["fields"]

    @property
    def primary_key(self) -> tuple[str, ...]:
        return _names(self.schema.get("primaryKey", []))

    @property
    def checks(self) -> list[dict[str, Any]]:
        """Frictionless checks beyond the schema, as descriptors (`gpo:checks`)."""
        return self.schema.get("gpo:checks", [])

    @property
    def foreign_keys(self) -> list[ForeignKey]:
        return [
            ForeignKey(
                _names(key["fields"]),
                self._referred(key["reference"]),
                _names(key["reference"]["fields"]),
            )
            for key in self.schema.get("foreignKeys", [])
        ]

    def _referred(self, reference: dict[str, Any]) -> str:
        # Across packages the reference carries a relative path, as in the Data Package
        # recipe "Table Schema: Foreign Keys to Data Packages".
        package = reference.get("package", f"../{self.domain}/datapackage.yaml")
        domain = posixpath.basename(posixpath.dirname(package))
        return f"{domain}/{reference['resource'] or self.name}"


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def read_yaml(path: str) -> Any:
    """A YAML file of dataset_schemas/, by its path inside it. Do not modify the result."""
    text = resources.files("gpo_schemas").joinpath(path).read_text("utf-8")
    # libyaml's safe loader: every process reads these files, and it is ten times faster
    return yaml.load(text, Loader=yaml.CSafeLoader)


@cache
def tables() -> dict[str, Table]:
    """All tables by ref, in the order of the domains and of their packages."""
    loaded = [
        Table(domain, descriptor)
        for domain in DOMAINS
        for descriptor in read_yaml(f"{domain}/datapackage.yaml")["resources"]
    ]
    return {table.ref: table for table in loaded}


def table(ref: str) -> Table:
    """The table of a ref.

    :raises UnknownTable: no Data Package describes it
    """
    try:
        return tables()[ref]
    except KeyError:
        raise UnknownTable(ref) from None


def dataset_table(dataset_name: str) -> Table:
    """The table whose dataset has this CKAN name.

    :raises UnknownTable: the dataset holds no table of a Data Package
    """
    for candidate in tables().values():
        if candidate.dataset_name == dataset_name:
            return candidate
    raise UnknownTable(dataset_name)
