"""What changed between two versions, as a file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from flask import Response, request

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.comparison import Comparison
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.dataapi import questions, version_files
from ckanext.gpo.dataapi.exports import FORMS, differences
from ckanext.gpo.dataapi.parameters import parse_parameters
from ckanext.gpo.dataapi.query import QueryError

from . import sending
from .exports import whole_number

_NAMES = frozenset({"from", "to"})


def answer(dataset: str, form_name: str, pairs: Iterable[tuple[str, str]]) -> Response:
    """The changes from one public version to another.

    :raises ObjectNotFound: nothing is published of the dataset, no such version, or the
        reader may not see it
    :raises QueryError: the parameters cannot be read, or the versions not be compared
    """
    form = FORMS.get(form_name) if form_name in differences.FORMS else None
    if form is None:
        message = tk._("There is no such form. There are: {forms}")
        raise tk.ObjectNotFound(message.format(forms=", ".join(differences.FORMS)))
    context = reader_context()
    parameters = parse_parameters(pairs, _NAMES, tk._)
    numbers = [_number(parameters, name) for name in ("from", "to")]
    publication = questions.publication(context, dataset)
    name = publication.dataset
    old, new = (_file(context, name, number) for number in numbers)
    words = (str(old["sha256"]), str(new["sha256"]), form.name, tk.h.lang())
    is_packed = form.is_text and sending.takes_gzip()
    stem = f"{name}-{numbers[0]}-{numbers[1]}-diff"
    title = tk._("{title} (changes from version {old} to {new})").format(
        title=new["title"], old=numbers[0], new=numbers[1]
    )
    response = sending.answer(
        hashlib.sha256(" ".join(words).encode()).hexdigest(),
        new,
        f"{stem}.{form.name}",
        f"{title}.{form.name}",
        form.media_type + ("; charset=utf-8" if form.is_text else ""),
        is_packed,
    )
    if form.is_text:
        response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    if response.status_code == 304:
        return response
    with ExitStack() as opened:
        holder = tempfile.TemporaryDirectory(prefix="gpo-diff-")
        folder = Path(opened.enter_context(holder))
        paths: list[Path] = []
        for file, side in ((old, folder / "old"), (new, folder / "new")):
            side.mkdir()
            paths.append(version_files.bring(file, side))
        key = publication.table.primary_key
        try:
            old_path, new_path = paths
            comparison = opened.enter_context(
                Comparison(old_path, new_path, key, folder, *(p.parent for p in paths))
            )
            changes = comparison.all_records()
        except duckdb.Error as err:
            message = tk._("These versions cannot be compared")
            raise QueryError("version-not-comparable", message, "to") from err
        lines = differences.Lines(
            changes, publication.table, comparison.key, differences.words(tk._)
        )
        if form.name == "xlsx":
            path = folder / "changes.xlsx"
            differences.write_workbook(lines, path, tk._)
            return sending.send_path(response, path, opened.pop_all().close)
        writing = (
            partial(differences.json_pieces, changes)
            if form.name == "json"
            else partial(differences.csv_pieces, lines)
        )
        return sending.stream(response, writing, opened.pop_all().close)


def _number(parameters: dict[str, Any], name: str) -> int:
    number = whole_number(parameters, name)
    if number is None:
        message = tk._("The number of a version is wanted here")
        raise QueryError("value-unreadable", message, name)
    return number


def _file(context: Context, dataset: str, number: int) -> dict[str, Any]:
    return tk.get_action("gpo_quality_file_show")(
        tk.fresh_context(context),
        {"dataset": dataset, "format": "parquet", "number": number},
    )
