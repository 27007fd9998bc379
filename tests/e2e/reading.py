"""Which words of a page are in a language that its reader did not choose."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import _Element

from ckanext.gpo.common.tables import read_yaml

SHOWN_ATTRIBUTES = ("alt", "aria-label", "data-label", "placeholder", "title")
CODE = {"code", "kbd", "pre", "samp", "script", "style", "template", "textarea"}

HAN = re.compile(r"[\u3400-\u9fff]+")

WORD = re.compile(r"(?<![\w./:@#=-])[A-Z]?[a-z]{2,}(?![\w/:@=-]|\.\w)")
"""An English word: no abbreviation in capitals, no name of a file, a field or an address."""

NAMES = frozenset(
    [
        "Atom",
        "Excel",
        "Parquet",
        "Python",
        "English",
        "curl",
        "Markdown",
        "Data",
        "Package",
        "Frictionless",
        "DuckDB",
        "Turtle",
    ]
)
"""What Chinese texts leave in Latin letters."""

FORMATS = frozenset(code["value"] for code in read_yaml("codes.yaml")["fmt_type"])
"""Formats of files are written as the suffix of their names."""

ACCOUNTS = frozenset(["admin", "developer", "gpo", "harvest", "steward"])
"""Names of accounts of the sample site."""


def foreign(page: str, language: str) -> list[str]:
    """The texts of a page that are foreign to its `language`, `zh` or `en`.

    What is marked as another language by `lang`, and code, is read as what it is.
    """
    root = lxml.html.fromstring(page)
    return [text for text in _texts(root) if _is_foreign(text, language)]


def _is_foreign(text: str, language: str) -> bool:
    if language == "en":
        return bool(HAN.search(text))
    return bool(set(WORD.findall(text)) - NAMES - FORMATS - ACCOUNTS)


def _texts(root: _Element) -> Iterator[str]:
    language = root.get("lang")
    for element in root.iter():
        if not isinstance(element.tag, str) or _exempt(element, language):
            continue
        yield from filter(None, map(element.get, SHOWN_ATTRIBUTES))
        if element.tag == "meta" and element.get("name") == "description":
            yield element.get("content", "")
        for text in element.xpath("text()"):
            if text.strip():
                yield text.strip()


def _exempt(element: _Element, language: str | None) -> bool:
    return any(
        e.tag in CODE
        or e.get("lang", language) != language
        or "code" in (e.get("class") or "").split()
        for e in (element, *element.iterancestors())
    )
