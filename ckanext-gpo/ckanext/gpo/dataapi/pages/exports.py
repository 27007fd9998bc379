"""Rows in the form that an address asks for: what it says, and the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

from flask import Response, request

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.web import downloads
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.dataapi import (
    config,
    earlier,
    exports,
    limits,
    questions,
    usage,
    version_files,
)
from ckanext.gpo.dataapi.exports import (
    BUILT,
    FORMS,
    Export,
    Form,
    Spelling,
    Wish,
)
from ckanext.gpo.dataapi.file_operations import export_parameters, spelling_parameters
from ckanext.gpo.dataapi.rest import read_query

from . import sending

REVISION: Final = "1"
"""Of how rows are written: another one makes what readers keep out of date."""

_SEPARATED: Final = frozenset({"csv", "tsv"})


def answer(dataset: str, form_name: str, pairs: Iterable[tuple[str, str]]) -> Response:
    """The rows that the parameters of an address name, in a form.

    :raises ObjectNotFound: no such form, nothing is published of the dataset, no such
        version, or the reader may not see it
    :raises QueryError: the parameters cannot be read
    """
    form = find_form(form_name, FORMS)
    context = reader_context()
    spelled = spelling_parameters(tk._) if form.name in _SEPARATED else ()
    parameters = read_query((*export_parameters(tk._), *spelled), pairs, tk._)
    wish = _wish(parameters)
    publication = questions.publication(context, dataset)
    number: int | None = parameters.get("version")
    if day := parameters.get("as_of"):
        number = earlier.named_version(context, publication, number, day)
    spelling = Spelling(
        dataset_address(publication.dataset),
        **{
            each.name: parameters[each.name]
            for each in spelled
            if each.name in parameters
        },
    )
    is_spelled = spelling != Spelling(spelling.dataset_url)
    if wish.is_everything and form.name in BUILT and not is_spelled:
        return whole_file(publication.dataset, form.name, number)
    file = _file(context, publication.dataset, "parquet", number)
    version = number or publication.version
    response = sending.generated_answer(
        _tag(file, form, wish, spelling),
        file,
        f"{publication.dataset}{'' if wish.is_everything else '-rows'}.{form.name}",
        _title(str(file["title"]), version, form, wish),
        form,
        charset=_charset(form, spelling),
    )
    if response.status_code == 304:
        return response
    with ExitStack() as opened:
        opened.callback(limits.begin_export().release)
        export = exports.open_export(
            publication.table,
            partial(version_files.bring, file),
            wish,
            tk._,
            limits=config.export_limits(),
        )
        opened.callback(export.close)
        if request.method == "GET":
            body = _body(export, form, spelling, version)
            usage.count_download(publication.dataset, form.name)
            sending.attach(response, body, opened.pop_all().close)
    return response


def find_form(name: str, names: Collection[str]) -> Form:
    """The form that an address ends with.

    :param names: of those that there are here
    :raises ObjectNotFound: it is none of them
    """
    if name not in names:
        message = tk._("There is no such form. There are: {forms}")
        raise tk.ObjectNotFound(message.format(forms=", ".join(names)))
    return FORMS[name]


def _body(
    export: Export, form: Form, spelling: Spelling, version: int
) -> Iterable[bytes] | Path:
    """The rows: pieces that are written while they are sent, or a file.

    :raises QueryError: there are too many rows for the form
    """
    if form.is_text:
        return exports.stream(export, form.name, spelling)
    description = _description(spelling.dataset_url, version, export)
    return exports.build(export, form.name, description, tk._)


def whole_file(dataset: str, form_name: str, number: int | None) -> Response:
    """A file that was made when its version was published.

    :raises ObjectNotFound: as in `answer`
    :raises NotAuthorized: the reader may not see it
    """
    file = _file(reader_context(), dataset, form_name, number)
    form = FORMS[form_name]
    title = _title(str(file["title"]), number, form, Wish())
    name = f"{dataset}.{form_name}"
    response = sending.send_file(file, name, title, is_text=form.is_text)
    if request.method == "GET" and response.status_code == 200:
        # neither what is known already nor the rest of a file
        usage.count_download(dataset, form_name)
    return response


def dump(resource_id: str, parameters: Mapping[str, str]) -> Response:
    """What CKAN's `datastore/dump` is asked for, as an export.

    :raises QueryError: the parameters cannot be read
    :raises ObjectNotFound, NotAuthorized: it is not the table of what is published
    """
    context = reader_context()
    resource = tk.get_action("resource_show")(
        tk.fresh_context(context), {"id": resource_id}
    )
    publication = questions.publication(context, resource["package_id"])
    if publication.resource_id != resource_id:
        raise tk.ObjectNotFound(tk._("There is no table of this id"))
    form, pairs = exports.translate(parameters, tk._)
    return answer(publication.dataset, form, pairs)


def metadata(dataset: str, number: int | None) -> Response:
    """What describes the CSV file of a version to programs.

    :raises ObjectNotFound: as in `answer`
    """
    context = reader_context()
    publication = questions.publication(context, dataset)
    name = publication.dataset
    file = _file(context, name, "parquet", number)
    pkg = tk.get_action("package_show")(tk.fresh_context(context), {"id": name})
    export = exports.open_export(
        publication.table, partial(version_files.bring, file), Wish(), tk._
    )
    try:
        described = exports.metadata(
            export,
            downloads.address(name, "csv", number),
            dataset_address(name),
            pkg.get("license_url") or "",
        )
    finally:
        export.close()
    response = Response(
        json.dumps(described, ensure_ascii=False, indent=2) + "\n",
        content_type="application/csvm+json",
    )
    response.add_etag()
    response.make_conditional(request)
    return response


def dataset_address(name: str) -> str:
    """Where a dataset is on the portal, the same in every language."""
    return tk.h.url_for_static(f"/dataset/{name}", qualified=True)


def _file(
    context: Context, dataset: str, form: str, number: int | None
) -> dict[str, Any]:
    return tk.get_action("gpo_quality_file_show")(
        tk.fresh_context(context),
        {"dataset": dataset, "format": form} | ({"number": number} if number else {}),
    )


def _wish(parameters: dict[str, Any]) -> Wish:
    return Wish(
        filters=parameters.get("filters") or None,
        q=" ".join(parameters.get("q", "").split()),
        sort=parameters.get("sort", ""),
        fields=tuple(parameters.get("fields", ())),
        limit=parameters.get("limit"),
    )


def _tag(file: dict[str, Any], form: Form, wish: Wish, spelling: Spelling) -> str:
    """The same for the same bytes: a version's file never changes."""
    parts = [REVISION, file["sha256"], form.name, asdict(wish), asdict(spelling)]
    text = json.dumps(parts, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _title(title: str, version: int | None, form: Form, wish: Wish) -> str:
    """The name of the file for people."""
    if wish.is_everything:
        return f"{title}.{form.name}"
    named = tk._("{title} (selection of version {version})")
    return f"{named.format(title=title, version=version)}.{form.name}"


def _charset(form: Form, spelling: Spelling) -> str:
    is_gb = form.name in _SEPARATED and spelling.encoding == "gb18030"
    return "gb18030" if is_gb else "utf-8"


def _description(address: str, version: int, export: Export) -> dict[str, Any]:
    """What a Data Package says of the dataset."""
    pkg = tk.get_action("package_show")(
        reader_context(), {"id": export.table.dataset_name}
    )
    licence = {
        "name": pkg.get("license_id"),
        "title": pkg.get("license_title"),
        "path": pkg.get("license_url"),
    }
    return {
        "id": address,
        "homepage": address,
        "version": str(version),
        "licenses": [{name: text for name, text in licence.items() if text}],
        "sources": [
            {"title": (pkg.get("organization") or {}).get("title"), "path": address}
        ],
    }
