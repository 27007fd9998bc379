"""What changed between two versions, as a file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
from flask import Response, request

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.comparison import Comparison
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.dataapi import config, limits, questions, version_files
from ckanext.gpo.dataapi.exports import Form, differences
from ckanext.gpo.dataapi.file_operations import versions_compared
from ckanext.gpo.dataapi.query import QueryError
from ckanext.gpo.dataapi.rest import read_query

from . import sending
from .exports import find_form
from .sending import StoredFile


def answer(dataset: str, form_name: str, pairs: Iterable[tuple[str, str]]) -> Response:
    """The changes from one public version to another.

    :raises ObjectNotFound: nothing is published of the dataset, no such version, or the
        reader may not see it
    :raises QueryError: the parameters cannot be read, or the versions not be compared
    """
    form = find_form(form_name, differences.FORMS)
    context = reader_context()
    numbers = [*read_query(versions_compared(tk._), pairs, tk._).values()]
    publication = questions.publication(context, dataset)
    name = publication.dataset
    old, new = (_file(context, name, number) for number in numbers)
    words = (str(old["sha256"]), str(new["sha256"]), form.name, tk.h.lang())
    stem = f"{name}-{numbers[0]}-{numbers[1]}-diff"
    title = tk._("{title} (changes from version {old} to {new})").format(
        title=new["title"], old=numbers[0], new=numbers[1]
    )
    response = sending.generated_answer(
        hashlib.sha256(" ".join(words).encode()).hexdigest(),
        new,
        f"{stem}.{form.name}",
        f"{title}.{form.name}",
        form,
    )
    if response.status_code == 304:
        return response
    with ExitStack() as opened:
        opened.callback(limits.begin_export().release)
        holder = tempfile.TemporaryDirectory(prefix="gpo-diff-")
        folder = Path(opened.enter_context(holder))
        comparison = _comparison(opened, publication.table, folder, old, new)
        if request.method == "GET":
            body = _body(comparison, publication.table, form, folder)
            sending.attach(response, body, opened.pop_all().close)
    return response


def _comparison(
    opened: ExitStack, table: Table, folder: Path, old: StoredFile, new: StoredFile
) -> Comparison:
    """Two versions, opened to be compared.

    :raises QueryError: they cannot be
    """
    paths: list[Path] = []
    for file, side in ((old, folder / "old"), (new, folder / "new")):
        side.mkdir()
        paths.append(version_files.bring(file, side))
    old_path, new_path = paths
    try:
        return opened.enter_context(
            Comparison(
                old_path,
                new_path,
                table.primary_key,
                folder,
                *(path.parent for path in paths),
                limits=config.export_limits(),
            )
        )
    except duckdb.Error as err:
        message = tk._("These versions cannot be compared")
        raise QueryError("version-not-comparable", message, "to") from err


def _body(
    comparison: Comparison, table: Table, form: Form, folder: Path
) -> Iterable[bytes] | Path:
    """The changes: pieces that are written while they are sent, or a file.

    :raises QueryError: there are too many for a workbook
    """
    changes = comparison.all_records()
    if form.name == "json":
        return differences.json_pieces(changes)
    lines = differences.Lines(changes, table, comparison.key, differences.words(tk._))
    if form.name == "csv":
        return differences.csv_pieces(lines)
    path = folder / "changes.xlsx"
    differences.write_workbook(lines, path, tk._)
    return path


def _file(context: Context, dataset: str, number: int) -> dict[str, Any]:
    return tk.get_action("gpo_quality_file_show")(
        tk.fresh_context(context),
        {"dataset": dataset, "format": "parquet", "number": number},
    )
