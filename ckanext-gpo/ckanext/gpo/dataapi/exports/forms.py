"""The forms in which rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ckanext.gpo.common.formats import MEDIA_TYPES


@dataclass(frozen=True)
class Form:
    """One form; its name is the ending of the file too.

    :param label: what people call it
    :param is_text: whether it is written piece by piece, and worth compressing
    """

    name: str
    label: str
    media_type: str
    is_text: bool = True


_LIST: Final = (
    Form("csv", "CSV", MEDIA_TYPES["csv"]),
    Form("tsv", "TSV", "text/tab-separated-values"),
    Form("json", "JSON", MEDIA_TYPES["json"]),
    Form("ndjson", "NDJSON", "application/x-ndjson"),
    Form("xml", "XML", "application/xml"),
    Form("ttl", "RDF (Turtle)", "text/turtle"),
    Form("xlsx", "XLSX", MEDIA_TYPES["xlsx"], is_text=False),
    Form("parquet", "Parquet", MEDIA_TYPES["parquet"], is_text=False),
    Form("zip", "Data Package", MEDIA_TYPES["zip"], is_text=False),
)

FORMS: Final[Mapping[str, Form]] = {form.name: form for form in _LIST}

BUILT: Final = frozenset(MEDIA_TYPES)
"""Forms that a whole version has as a file since it was published."""
