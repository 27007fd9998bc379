"""Files of what is seen of a table: all rows that an address names, made at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from flask import send_file
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common import formats
from ckanext.gpo.common.tables import Table
from ckanext.gpo.explore import rows
from ckanext.gpo.explore.rows import State

from . import rows_answer

MOST = 100_000
"""Rows of one file; a whole table is a download, made once for all readers."""

_PIECE = 1_000
_IN_MEMORY = 4 << 20


class TooManyRows(Exception):  # noqa: N818 - says what there is
    """There are more rows than a file takes."""


def answer(
    context: Context,
    pkg: dict[str, Any],
    table: Table,
    parameters: Iterable[tuple[str, str]],
    kind: str,
) -> Response:
    """A file of the rows; a page that says why there is none where it cannot be made.

    :param kind: `csv`, `xlsx` or `json`
    """
    english = tk.h.gpo_common_english()
    fields = rows.labelled_fields(table.fields, english)
    state, ignored = rows.parse_state(parameters, fields)
    if ignored:
        return tk.abort(400, rows.ignored_words(ignored[0], tk._))
    selected = [
        field
        for field in table.fields
        if not state.columns or field["name"] in state.columns
    ]
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - Flask closes it
    try:
        pages = _pages(context, pkg["name"], state.first_page())
        first = next(pages)
        selected = _present(selected, first)
        records = _records(first, pages)
        rows.WRITERS[kind](file, table.title, selected, records)
    except TooManyRows:
        message = tk._(
            "A file takes at most {most} rows: narrow the selection, or download the whole"
            " table on the page of the dataset."
        )
        return tk.abort(400, message.format(most=f"{MOST:,}"))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("There are no rows to see."))
    except tk.ValidationError as err:
        return tk.abort(400, _reason(err.error_dict))
    return _file_response(file, pkg, kind, first["version"])


def _pages(context: Context, dataset: str, state: State) -> Iterator[dict[str, Any]]:
    """The rows of a state piece by piece, all of one version."""
    count = 0
    while True:
        page = rows_answer.list_records(
            context, dataset, state, list(state.columns), _PIECE
        )
        count += len(page["records"])
        if count > MOST or page["total"] > MOST:
            raise TooManyRows
        yield page
        if page["next"] is None:
            return
        state = state.turned(page_after=page["next"])


def _records(
    first: dict[str, Any], pages: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    yield from first["records"]
    for page in pages:
        yield from page["records"]


def _present(
    fields: list[dict[str, Any]], page: dict[str, Any]
) -> list[dict[str, Any]]:
    """The fields that the published rows have, with the types that they have there."""
    types = {field["name"]: field["type"] for field in page["fields"]}
    return [f | {"type": types[f["name"]]} for f in fields if f["name"] in types]


def _reason(error: dict[str, Any]) -> str:
    return " ".join(
        text
        for name, texts in error.items()
        if name not in ("code", "field")
        for text in texts
    )


def _file_response(
    file: tempfile.SpooledTemporaryFile[bytes],
    pkg: dict[str, Any],
    kind: str,
    version: int,
) -> Response:
    file.seek(0)
    response = send_file(file, formats.content_type(kind))
    # RFC 6266: the Chinese name for who reads it, the plain one for who does not
    title = tk._("{title} (selection of version {version})")
    title = title.format(title=tk.h.gpo_common_text(pkg, "title"), version=version)
    names = {
        "filename": f"{pkg['name']}-rows.{kind}",
        "filename*": f"UTF-8''{quote(f'{title}.{kind}', safe='')}",
    }
    response.headers.set("Content-Disposition", "attachment", **names)
    return response
