"""An index of the records of one table: written once, then read.

In: for each record its key and the values of the searched columns. The index keeps the
key only; values are found, and are not in it to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from ckanext.gpo.search.errors import disk_errors
from ckanext.gpo.search.index import few_collections, return_memory

from . import text
from .columns import Role

HEAP = 200_000_000
"""Bytes of a writer, in one thread: a worker has the other cores for its other jobs."""

FORMAT = 2
"""Raise it when the same record gives another document."""

KEY = "key"
VALUES = "values"
GRAMS = "grams"
SOUNDS = "sounds"
SLICE = "slice"

FIRST_SLICE = 8192
"""Records of the first slice; each of the others is as large as all before it."""

Term = tuple[str, str]
"""A field, and what it has."""


def slice_number(place: int) -> int:
    """The slice of the record that was written as the `place`th, from 0 on."""
    return (place // FIRST_SLICE).bit_length()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field(KEY, stored=True)
    for name in (VALUES, SLICE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (GRAMS, SOUNDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


SCHEMA = _schema()

Record = tuple[bytes, Sequence[str | None]]
"""The key of a record, and its values in the order of the searched columns."""


def write(folder: Path, roles: Sequence[Role], records: Iterable[Record]) -> int:
    """Write an index into an empty folder; returns the number of records.

    :raises DiskError: the folder cannot be written
    """
    with disk_errors(folder), few_collections():
        index = tantivy.Index(SCHEMA, path=str(folder))
        writer = index.writer(HEAP, 1)
        spoken = [role.is_spoken for role in roles]
        count = 0
        for key, values in records:
            document = _document(key, values, spoken)
            document.add_text(SLICE, str(slice_number(count)))
            writer.add_document(document)
            count += 1
        writer.commit()
        writer.wait_merging_threads()
    return_memory()
    return count


def _document(
    key: bytes, values: Sequence[str | None], spoken: Sequence[bool]
) -> tantivy.Document:
    document = tantivy.Document()
    document.add_bytes(KEY, key)
    grams: list[str] = []
    syllables: list[str] = []
    for value, is_spoken in zip(values, spoken, strict=True):
        if not value:
            continue
        plain = text.plain(value)
        parts = text.units(plain)
        grams += text.grams(parts)
        if is_spoken:
            syllables += text.sound_pairs(text.sounds(plain))
        whole = text.compact(parts)
        if whole and len(whole) <= text.WHOLE:
            document.add_text(VALUES, whole)
    document.add_text(GRAMS, " ".join(grams))
    if syllables:
        document.add_text(SOUNDS, " ".join(syllables))
    return document


def open_searcher(folder: Path) -> tantivy.Searcher:
    """The records of a written index."""
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual", 0)
    return index.searcher()
