"""CKAN's own Solr schema, read as the rules of the embedded index.

There is no second list of fields: `ckan/config/solr/schema.xml` of the installed CKAN
says which type a field has, which fields are copied where, and what a field that it
does not name (a dynamic one, such as `extras_*`) is taken for.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from importlib import resources
from xml.etree import ElementTree as ET

from ckanext.gpo.search.analysis import Style
from ckanext.gpo.search.errors import EngineError


class Kind(enum.Enum):
    """How a field is indexed, whatever the schema calls its type."""

    STRING = "string"
    TEXT = "text"
    NGRAM = "ngram"
    INTEGER = "integer"
    FLOAT = "float"
    DATE = "date"


KIND_OF_CLASS = {
    "StrField": Kind.STRING,
    "BoolField": Kind.STRING,
    "BinaryField": Kind.STRING,
    "IntPointField": Kind.INTEGER,
    "LongPointField": Kind.INTEGER,
    "FloatPointField": Kind.FLOAT,
    "DoublePointField": Kind.FLOAT,
    "DatePointField": Kind.DATE,
    "TextField": Kind.TEXT,
}


@dataclass(frozen=True)
class Rule:
    """What the schema says of one field."""

    kind: Kind
    indexed: bool
    stored: bool
    multi_valued: bool
    style: Style


@dataclass
class SolrSchema:
    """The rules of all fields, those that the schema names and those it does not."""

    version: str
    unique_key: str
    fields: dict[str, Rule]
    dynamic: dict[str, Rule]
    copies: list[tuple[str, str]]
    defaults: dict[str, str]
    _rules: dict[str, Rule] = field(default_factory=dict[str, Rule])
    _targets: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def rule(self, name: str) -> Rule:
        """The rule of a field; as in Solr the longest matching pattern wins."""
        rule = self.fields.get(name) or self._rules.get(name)
        if rule is None:
            rule = self._dynamic_rule(name)
            # Names come from queries too, so what is remembered has a bound.
            if len(self._rules) < 10_000:
                self._rules[name] = rule
        return rule

    def _dynamic_rule(self, name: str) -> Rule:
        for pattern in self._patterns:
            if fnmatchcase(name, pattern):
                return self.dynamic[pattern]
        raise EngineError(f"undefined field {name}")

    @cached_property
    def _patterns(self) -> list[str]:
        return sorted(self.dynamic, key=len, reverse=True)

    def targets(self, name: str) -> list[str]:
        """The fields that a value given under this name is indexed in.

        Copies are not followed further, and a field is not copied onto itself.
        """
        targets = self._targets.get(name)
        if targets is None:
            targets = self._targets[name] = [name] + [
                target
                for source, target in self.copies
                if target != name and fnmatchcase(name, source)
            ]
        return targets


def ckan_schema_text() -> str:
    """The schema file of the installed CKAN."""
    return resources.files("ckan.config").joinpath("solr/schema.xml").read_text("utf-8")


def read_schema(text: str) -> SolrSchema:
    """Parse a Solr schema file."""
    root = ET.fromstring(text)  # noqa: S314 - a file of the installed CKAN
    types = {
        element.get("name", ""): element
        for element in root.iter()
        if element.tag.lower() == "fieldtype"
    }
    return SolrSchema(
        version=root.get("name", ""),
        unique_key=root.findtext("uniqueKey", ""),
        fields={e.get("name", ""): _rule(e, types) for e in root.iter("field")},
        dynamic={e.get("name", ""): _rule(e, types) for e in root.iter("dynamicField")},
        copies=[
            (e.get("source", ""), e.get("dest", "")) for e in root.iter("copyField")
        ],
        defaults={
            e.get("name", ""): e.get("default", "")
            for e in root.iter("field")
            if e.get("default")
        },
    )


def _rule(element: ET.Element, types: dict[str, ET.Element]) -> Rule:
    field_type = types[element.get("type", "")]
    kind = KIND_OF_CLASS[field_type.get("class", "").removeprefix("solr.")]
    parts = {part.get("class", ""): part for part in field_type.iter()}
    if "solr.NGramTokenizerFactory" in parts:
        kind = Kind.NGRAM
    delimiter = parts.get("solr.WordDelimiterGraphFilterFactory")
    return Rule(
        kind=kind,
        indexed=_flag(element, "indexed", default=True),
        stored=_flag(element, "stored", default=True),
        multi_valued=_flag(
            element,
            "multiValued",
            default=_flag(field_type, "multiValued", default=False),
        ),
        style=Style(
            stem="solr.SnowballPorterFilterFactory" in parts,
            split_case=delimiter is not None
            and delimiter.get("splitOnCaseChange") == "1",
        ),
    )


def _flag(element: ET.Element, name: str, *, default: bool) -> bool:
    return element.get(name, str(default)).lower() == "true"
