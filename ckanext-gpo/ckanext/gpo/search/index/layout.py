"""Where each Solr field lives in the embedded index.

The engine wants its fields named beforehand, Solr's schema has patterns. So a field that
the schema names has a field of its own, and all others share three:

=============  ===================================================================
dyn_string     JSON, one path a field: exact values, with a column for facets
dyn_number     JSON, one path a field: numbers and dates, with a column
dyn_text       tokens of all dynamic text fields, each behind the name of its field
=============  ===================================================================

`pinyin` is how the names of a document are read; `field_names` holds the names of the
fields that a document has, for `field:*`; `body` is the document as Solr would give it
back. Dates are milliseconds since 1970, as in Solr.
"""

from __future__ import annotations

import tantivy

from .solr_schema import Kind, Rule, SolrSchema

DYNAMIC_STRING = "dyn_string"
DYNAMIC_NUMBER = "dyn_number"
DYNAMIC_TEXT = "dyn_text"
FIELD_NAMES = "field_names"
BODY = "body"
PINYIN = "pinyin"

PINYIN_FIELDS = ("title", "tags")
"""Fields that are found by pinyin: names, not whole texts, which sound like anything."""

MARK = "="
"""Before every dynamic string: the engine would index a bare one that looks like a date
as a date, and it could then not be found as the string that it is."""

SEPARATOR = "\x1f"
"""Between the name of a dynamic text field and a token of it."""

NUMBERS = (Kind.INTEGER, Kind.FLOAT, Kind.DATE)
TEXTS = (Kind.TEXT, Kind.NGRAM)

MAX_TERM_BYTES = 32_000
"""Longer exact values are kept but not indexed; Solr refuses the whole document."""


class Layout:
    """The engine's schema for a Solr schema, and the way from one to the other."""

    def __init__(self, solr: SolrSchema) -> None:
        self.solr = solr
        self.schema = self._build()

    def rule(self, name: str) -> Rule:
        return self.solr.rule(name)

    def is_own(self, name: str) -> bool:
        """Whether the field has a field of its own in the index."""
        return name in self.solr.fields

    def column(self, name: str) -> str | None:
        """The column with the values of a field, for facets and sorting, if it has one."""
        kind = self.rule(name).kind
        if kind in TEXTS:
            return None
        if self.is_own(name):
            return name
        return path(DYNAMIC_NUMBER if kind in NUMBERS else DYNAMIC_STRING, name)

    def _build(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        for name, rule in self.solr.fields.items():
            if not rule.indexed:
                continue
            if rule.kind in (Kind.INTEGER, Kind.DATE):
                builder.add_integer_field(name, indexed=True, fast=True)
            elif rule.kind is Kind.FLOAT:
                builder.add_float_field(name, indexed=True, fast=True)
            elif rule.kind is Kind.STRING:
                builder.add_text_field(
                    name, fast=True, tokenizer_name="raw", index_option="basic"
                )
            else:
                builder.add_text_field(name, tokenizer_name="raw")
        for name in (DYNAMIC_STRING, DYNAMIC_NUMBER):
            builder.add_json_field(
                name, fast=True, tokenizer_name="raw", index_option="basic"
            )
        builder.add_text_field(DYNAMIC_TEXT, tokenizer_name="raw")
        builder.add_text_field(FIELD_NAMES, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(PINYIN, tokenizer_name="raw")
        builder.add_bytes_field(BODY, stored=True)
        return builder.build()


def path(field: str, name: str) -> str:
    """The path of a dynamic field inside a JSON field."""
    return f"{field}.{step(name)}"


def step(name: str) -> str:
    """The name of a field as one step of a path: dots and backslashes have a meaning
    there, so private-use characters stand for them."""
    return name.translate({ord("."): "\ue000", ord("\\"): "\ue001"})
