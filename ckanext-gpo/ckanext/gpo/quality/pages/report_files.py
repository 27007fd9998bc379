"""All errors of a version as files: a workbook for people, CSV and JSON for programs too."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO, Any

from flask import Blueprint, stream_with_context
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import formats, formulas
from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.locks import file_lock
from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.quality.faults import ANY
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage
from ckanext.gpo.quality.report import open_faults, write_workbook

report_files = Blueprint("gpo_quality_errors", __name__)

KEPT_FROM = 10_000
"""Faults from which on a workbook takes seconds, and is kept once it is made."""


@report_files.route(
    "/dataset/<id>/report/<version_id>/errors.<any(xlsx, csv, json):kind>"
)
def errors(id: str, version_id: str, kind: str) -> Response:
    """All errors of a version, for whoever may read its report."""
    pkg = find_dataset(id)
    answer = call_action("gpo_quality_version_show", id=version_id)
    version = Version.get(version_id)
    if version is None or answer["dataset"] != pkg["name"] or answer["report"] is None:
        return tk.abort(404, tk._("There is nothing at this address."))
    pieces = _WRITERS[kind](version, answer)
    name = f"{pkg['name']}-{version.number}-errors.{kind}"
    return Response(
        stream_with_context(iter(pieces)),
        content_type=formats.content_type(kind),
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _workbook(version: Version, answer: dict[str, Any]) -> Iterable[bytes]:
    if answer["report"]["error_count"] < KEPT_FROM:
        return iter(partial(_made_workbook(version, answer).read, _PIECE), b"")
    location = storage.error_workbook(version.id, "en" if is_english() else "zh")
    if not storage.exists(location):
        with file_lock(location):
            # Somebody else may have made it meanwhile
            if not storage.exists(location):
                storage.save(location, _made_workbook(version, answer))
    return storage.stream(location)


def _made_workbook(version: Version, answer: dict[str, Any]) -> IO[bytes]:
    english = is_english()
    reader, cards = open_faults(version, tk._, english=english)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="gpo-errors-")  # noqa: SIM115 - as long as it is sent
    write_workbook(
        file,
        answer["report"],
        reader,
        cards,
        table(version.table_ref),
        tk._,
        english=english,
    )
    file.seek(0)
    return file


def _csv(version: Version, answer: dict[str, Any]) -> Iterator[bytes]:
    heads = {
        "row": tk._("Row"),
        "sheet": tk._("Sheet"),
        "column": tk._("Column of the file"),
        "label": tk._("Column"),
        "field": tk._("Field"),
        "rule": tk._("Code of the rule"),
        "title": tk._("Rule"),
        "value": tk._("Is"),
        "expected": tk._("Should be"),
        "example": tk._("Example"),
        "fix": tk._("How to correct it"),
    }
    buffer = io.StringIO("\ufeff")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(heads.values())
    for error in _errors(version):
        values = [error[name] for name in heads]
        writer.writerow(
            ["" if value is None else formulas.inert(str(value)) for value in values]
        )
        if buffer.tell() > _PIECE:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _json(version: Version, answer: dict[str, Any]) -> Iterator[bytes]:
    head = {"dataset": answer["dataset"], "version": version.number}
    head["total"] = answer["report"]["error_count"]
    buffer = io.StringIO()
    buffer.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "errors": [')
    for number, error in enumerate(_errors(version)):
        buffer.write(",\n" if number else "\n")
        buffer.write(json.dumps(error, ensure_ascii=False))
        if buffer.tell() > _PIECE:
            yield _emptied(buffer)
    buffer.write("\n]}\n")
    yield _emptied(buffer)


_IN_MEMORY = 1 << 20
"""Bytes of a workbook from which on it lies on disk while it is sent."""

_PIECE = 1 << 16
"""Characters, or bytes, that are sent at once."""

_WRITERS: dict[str, Callable[[Version, dict[str, Any]], Iterable[bytes]]] = {
    "xlsx": _workbook,
    "csv": _csv,
    "json": _json,
}


def _errors(version: Version) -> Iterator[dict[str, Any]]:
    reader, cards = open_faults(version, tk._, english=is_english())
    for card, fact in cards.faults(ANY):
        yield reader.error(card, fact)


def _emptied(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content
