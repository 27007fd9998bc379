"""A Solr document, as CKAN sends it, into a document of the engine."""

from __future__ import annotations

import json
import math
import re
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

import tantivy

from ckanext.gpo.common.types import is_many
from ckanext.gpo.search.analysis import Analyser, Style, Token, ngrams
from ckanext.gpo.search.errors import DocumentError, QueryError

from .datemath import parse_date, solr_date
from .layout import (
    BODY,
    DYNAMIC_NUMBER,
    DYNAMIC_STRING,
    DYNAMIC_TEXT,
    FIELD_NAMES,
    MARK,
    MAX_TERM_BYTES,
    NUMBERS,
    PINYIN,
    PINYIN_FIELDS,
    SEPARATOR,
    Layout,
    step,
)
from .solr_schema import Kind, Rule

GAP = 100
"""Positions between two values of a field, so that no phrase reaches across them."""

LARGEST = 2**63
"""The engine's whole numbers are smaller."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot carry; they are dropped on the way to Solr too."""

SolrDocument = dict[str, Any]

Cut = tuple[str, list[Token]]
"""A text in tokens, and what stands before each of them."""


def normalise(document: SolrDocument, layout: Layout, now: datetime) -> SolrDocument:
    """The document with every value in the form that its field keeps.

    Empty values are left out and defaults filled in, as Solr does. The result holds only
    lists of str, int and float, and can be kept as JSON until it is written.

    :raises DocumentError: a number or date that is none, or no value of the unique key
    """
    key = layout.solr.unique_key
    result: SolrDocument = {}
    for name, value in {**layout.solr.defaults, **document}.items():
        rule = layout.rule(name)
        values = [
            _converted(name, item, rule, now)
            for item in (value if is_many(value) else [value])
            if item is not None and item != ""
        ]
        if values:
            result[name] = values
    if key not in result:
        raise DocumentError(f"Document is missing mandatory uniqueKey field: {key}")
    return result


def _converted(name: str, value: Any, rule: Rule, now: datetime) -> str | int | float:
    try:
        if rule.kind is Kind.DATE:
            return _date(value, now)
        if rule.kind is Kind.INTEGER and abs(whole := int(value)) < LARGEST:
            return whole
        if rule.kind is Kind.FLOAT and math.isfinite(number := float(value)):
            return number
    except (ValueError, TypeError, OverflowError, QueryError) as error:
        raise DocumentError(f"Error adding field '{name}'='{value}'") from error
    if rule.kind in NUMBERS:
        raise DocumentError(f"Error adding field '{name}'='{value}': too large")
    if isinstance(value, bool):
        return "true" if value else "false"
    return UNPRINTABLE.sub("", str(value))


def _date(value: Any, now: datetime) -> int:
    if isinstance(value, datetime):
        value = value.isoformat()
    # CKAN sends what `datetime.isoformat` gives, with an offset or a Z behind it.
    text = str(value)
    if "+" in text[10:] and not text.startswith("NOW"):
        moment = datetime.fromisoformat(text).astimezone(timezone.utc)
        text = moment.replace(tzinfo=None).isoformat() + "Z"
    return parse_date(text, now)


def stored_body(document: SolrDocument, layout: Layout) -> SolrDocument:
    """What the index gives back for a normalised document: its stored fields only."""
    body: SolrDocument = {}
    for name, values in document.items():
        rule = layout.rule(name)
        if not rule.stored:
            continue
        cells = [solr_date(v) for v in values] if rule.kind is Kind.DATE else values
        body[name] = cells if rule.multi_valued or len(cells) > 1 else cells[0]
    return body


class DocumentBuilder:
    """Builds the engine's documents; texts are cut here."""

    def __init__(self, layout: Layout, analyser: Analyser) -> None:
        self.layout = layout
        self.analyser = analyser

    def build(self, document: SolrDocument) -> tantivy.Document:
        """The engine's document for a normalised one."""
        result = tantivy.Document()
        body = stored_body(document, self.layout)
        result.add_bytes(BODY, json.dumps(body, ensure_ascii=False).encode())
        dynamic: dict[str, dict[str, list[Any]]] = {}
        texts: list[Cut] = []
        cut = lru_cache(maxsize=None)(self._cut)
        for name, values in self._by_target(document).items():
            rule = self.layout.rule(name)
            if not rule.indexed:
                continue
            result.add_text(FIELD_NAMES, name)
            if rule.kind in (Kind.TEXT, Kind.NGRAM):
                start = "" if self.layout.is_own(name) else name + SEPARATOR
                parts = [(start, cut(str(v), rule.kind, rule.style)) for v in values]
                if start:
                    texts += parts
                else:
                    result.add_pre_tokenized_text(name, _pre_tokenized(parts))
            elif self.layout.is_own(name):
                self._add_values(result, name, values, rule)
            elif rule.kind in NUMBERS:
                dynamic.setdefault(DYNAMIC_NUMBER, {})[step(name)] = values
            else:
                dynamic.setdefault(DYNAMIC_STRING, {})[step(name)] = [
                    MARK + value for value in values if _fits(value)
                ]
        if texts:
            result.add_pre_tokenized_text(DYNAMIC_TEXT, _pre_tokenized(texts))
        names = [str(v) for name in PINYIN_FIELDS for v in document.get(name, [])]
        name_tokens = [("", self.analyser.sound_tokens(text)) for text in names]
        if any(tokens for _, tokens in name_tokens):
            result.add_pre_tokenized_text(PINYIN, _pre_tokenized(name_tokens))
        for field, paths in dynamic.items():
            result.add_json(field, paths)
        return result

    def _by_target(self, document: SolrDocument) -> dict[str, list[Any]]:
        result: dict[str, list[Any]] = {}
        for name, values in document.items():
            for target in self.layout.solr.targets(name):
                result.setdefault(target, []).extend(values)
        return result

    def _cut(self, text: str, kind: Kind, style: Style) -> list[Token]:
        if kind is Kind.NGRAM:
            return ngrams(text)
        return self.analyser.index_tokens(text, style)

    @staticmethod
    def _add_values(
        result: tantivy.Document, name: str, values: list[Any], rule: Rule
    ) -> None:
        for value in values:
            if rule.kind is Kind.STRING:
                if _fits(value):
                    result.add_text(name, value)
            elif rule.kind is Kind.FLOAT:
                result.add_float(name, value)
            else:
                result.add_integer(name, value)


def _fits(value: str) -> bool:
    return len(value.encode()) <= MAX_TERM_BYTES


def _pre_tokenized(values: list[Cut]) -> tantivy.PreTokenizedString:
    """The tokens of all values of a field, a gap between two of them."""
    tokens: list[tantivy.Token] = []
    first = 0
    token = tantivy.Token  # this is the innermost loop of a rebuild
    for start, value_tokens in values:
        tokens += [
            token(start + text, first + place, 0, 0) for text, place in value_tokens
        ]
        if value_tokens:
            first += value_tokens[-1][1] + GAP
    return tantivy.PreTokenizedString("", tokens)
