"""Documents on disk: CKAN's Solr documents in fields of the engine.

In: a document or a query to delete by, of any process. Out: a view of the last commit,
conditions of the engine combined and counted, and the names and kinds of all fields.
"""

from __future__ import annotations

from .combining import (
    Clause,
    VisibleDocuments,
    all_of,
    any_of,
    best_of,
    boost,
    count_matches,
    filter_only,
)
from .datemath import parse_date, solr_date
from .documents import (
    UNPRINTABLE,
    DocumentBuilder,
    SolrDocument,
    normalise,
    stored_body,
)
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
    path,
    step,
)
from .memory import few_collections, return_memory
from .pending import Operation
from .pending_documents import REFERENCE, PendingDocuments
from .solr_schema import Kind, Rule, ckan_schema_text, read_schema
from .store import Index

__all__ = [
    "BODY",
    "Clause",
    "DYNAMIC_NUMBER",
    "DYNAMIC_STRING",
    "DYNAMIC_TEXT",
    "DocumentBuilder",
    "FIELD_NAMES",
    "Index",
    "Kind",
    "Layout",
    "MARK",
    "MAX_TERM_BYTES",
    "NUMBERS",
    "Operation",
    "PINYIN",
    "PINYIN_FIELDS",
    "PendingDocuments",
    "REFERENCE",
    "Rule",
    "SEPARATOR",
    "SolrDocument",
    "UNPRINTABLE",
    "VisibleDocuments",
    "all_of",
    "any_of",
    "best_of",
    "boost",
    "ckan_schema_text",
    "count_matches",
    "few_collections",
    "normalise",
    "parse_date",
    "path",
    "read_schema",
    "return_memory",
    "solr_date",
    "step",
    "stored_body",
    "filter_only",
]
