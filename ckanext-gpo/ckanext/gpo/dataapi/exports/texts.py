"""Rows as texts: how a row is written in each form, and what stands around the rows."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from ckanext.gpo.common.duck import literal
from ckanext.gpo.common.formulas import inert
from ckanext.gpo.common.labels import csv_labels

from . import cells
from .pipe import Pieces
from .rows import Export

ENCODINGS: Final = ("utf-8-sig", "utf-8", "gb18030")
HEADERS: Final = ("titles", "names")

_LINES: Final = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01'"
"""One column that is never quoted: lines that are written already."""

_ELEMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Spelling:
    """How a text is written beside its form.

    :param dataset_url: where the dataset is on the portal
    :param encoding: one of `ENCODINGS`; CSV and TSV only
    :param header: titles of fields or their names; CSV and TSV only
    """

    dataset_url: str = ""
    encoding: str = "utf-8-sig"
    header: str = "titles"


@dataclass(frozen=True)
class _Text:
    """A form as it is about to be written.

    :param expressions: the columns of the query whose rows are the lines
    :param options: of DuckDB's COPY
    :param cut: bytes of the lines that are left out before the first one
    """

    expressions: list[str]
    head: str = ""
    tail: str = ""
    options: str = _LINES
    cut: int = 0


def stream(export: Export, form: str, spelling: Spelling) -> Iterator[bytes]:
    """The rows in a text form, piece by piece; ends with the export at the latest.

    :raises duckdb.Error: (from the iterator) the rows cannot be read to the end
    """
    text = _TEXTS[form](export, spelling)
    pieces = Pieces(
        export.connection,
        export.select(*text.expressions),
        export.values,
        text.options,
        export.folder,
    )
    export.at_end(pieces.close)
    if form in ("csv", "tsv") and spelling.encoding == "gb18030":
        return _in_gb18030(_whole(text, pieces))
    return _whole(text, pieces)


def _whole(text: _Text, pieces: Iterable[bytes]) -> Iterator[bytes]:
    is_first = True
    head = text.head.encode()
    for piece in pieces:
        yield head + piece[text.cut :] if is_first else piece
        is_first = False
    yield (head if is_first else b"") + text.tail.encode()


def _in_gb18030(pieces: Iterable[bytes]) -> Iterator[bytes]:
    # every character of Unicode has a place in it
    decoder = codecs.getincrementaldecoder("utf-8")()
    for piece in pieces:
        yield decoder.decode(piece).encode("gb18030")


def _separated(delimiter: str) -> Callable[[Export, Spelling], _Text]:
    def text(export: Export, spelling: Spelling) -> _Text:
        fields = [column.descriptor for column in export.columns]
        names = [column.name for column in export.columns]
        labels = csv_labels(fields) if spelling.header == "titles" else names
        head = io.StringIO()
        csv.writer(head, delimiter=delimiter, lineterminator="\n").writerow(
            map(inert, labels)
        )
        mark = "\ufeff" if spelling.encoding == "utf-8-sig" else ""
        return _Text(
            [cells.spreadsheet(column) for column in export.columns],
            head=mark + head.getvalue(),
            options=f"FORMAT csv, HEADER false, DELIMITER {literal(delimiter)}",
        )

    return text


def _object(export: Export, lead: str) -> str:
    """A row as a JSON object, after something."""
    members = [
        f"{literal(_json_name(column.name))} || coalesce({cells.json(column)}, 'null')"
        for column in export.columns
    ]
    return f"{literal(lead + '{')} || concat_ws(', ', {', '.join(members)}) || '}}'"


def _json_name(name: str) -> str:
    return f"{json.dumps(name, ensure_ascii=False)}: "


def _json(export: Export, spelling: Spelling) -> _Text:
    # a comma before each, and none before the first
    return _Text([_object(export, ",")], head="[\n", tail="]\n", cut=1)


def _ndjson(export: Export, spelling: Spelling) -> _Text:
    return _Text([_object(export, "")])


def _xml(export: Export, spelling: Spelling) -> _Text:
    elements: list[str] = []
    for column in export.columns:
        start, end = _tags(column.name)
        elements.append(f"{literal(start)} || {cells.xml(column)} || {literal(end)}")
    return _Text(
        [f"concat('<record>', {', '.join(elements)}, '</record>')"],
        head='<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<records dataset={quoteattr(spelling.dataset_url)}>\n",
        tail="</records>\n",
    )


def _tags(name: str) -> tuple[str, str]:
    if _ELEMENT.fullmatch(name):
        return f"<{name}>", f"</{name}>"
    return f"<field name={quoteattr(name)}>", "</field>"


def _turtle(export: Export, spelling: Spelling) -> _Text:
    """What CSV on the Web makes of the table in its minimal mode, see `csvw`."""
    facts = ", ".join(
        f"{literal(f'<{spelling.dataset_url}#{column.name}> ')} || {cells.turtle(column)}"
        for column in export.columns
    )
    subject = _subject(export, spelling.dataset_url)
    # a blank node would have to be named, or hold its facts itself
    facts = f"concat_ws(' ; ', {facts})"
    line = f"{subject} || {facts} || ' .'" if subject else f"'[ ' || {facts} || ' ] .'"
    return _Text([line], head="@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")


def _subject(export: Export, dataset_url: str) -> str:
    """The record's own address on the portal, in pointed brackets; empty without a key."""
    by_name = {column.name: column for column in export.columns}
    key = [by_name[name] for name in export.table.primary_key if name in by_name]
    if not key or len(key) < len(export.table.primary_key):
        return ""
    parts = [
        f"{literal(f'{column.name}=')} || {cells.address_part(column)}"
        for column in key
    ]
    query = " || '&' || ".join(parts)
    return f"{literal(f'<{dataset_url}/record?')} || {query} || '> '"


_TEXTS: Final[Mapping[str, Callable[[Export, Spelling], _Text]]] = {
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
    "ndjson": _ndjson,
    "xml": _xml,
    "ttl": _turtle,
}
