"""The pages where people hand in files, correct cells, and see how a check goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Blueprint
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import tables
from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.quality import config, door

from .progress import progress_answer
from .uploads import allowance, require_targets, store

gpo_quality_door = Blueprint("gpo_quality_door", __name__)

MOST_FILES = 20
"""Files whose datasets are found at once."""


@gpo_quality_door.route("/dataset/<id>/hand-in", methods=["GET", "POST"])
def index(id: str) -> str | Response:
    """Hand in a file for a dataset; then to its report."""
    pkg = find_dataset(id)
    described = {table.dataset_name for table in tables().values()}
    if pkg["type"] != "dataset" or pkg["name"] not in described:
        return tk.abort(404, tk._("There is no public dataset at this address."))
    if not tk.h.check_access("gpo_quality_version_submit", {"dataset": pkg["id"]}):
        return tk.abort(403, tk._("This page is for the responsible department only."))
    note = tk.request.form.get("note", "")
    errors: dict[str, list[str]] = {}
    if tk.request.method == "POST":
        try:
            with _file() as file:
                version = _submit(pkg["name"], file, note)
        except tk.ValidationError as err:
            errors = _messages(err)
        else:
            _forget(tk.request.form.getlist("upload_id"))
            return _to_report(version)
    return tk.render(
        "gpo_quality/hand_in.html",
        {"pkg": pkg, "errors": errors, "note": note, **_limits()},
    )


@gpo_quality_door.route("/desk/hand-in", methods=["GET", "POST"])
def desk() -> str | Response:
    """Hand in files whose datasets are found by their columns and confirmed by the clerk."""
    targets = require_targets()
    errors: dict[str, list[str]] = {}
    if tk.request.method == "POST":
        try:
            ids = _keep_all()
        except tk.ValidationError as err:
            errors = _messages(err)
        else:
            return tk.redirect_to("gpo_quality_door.desk", upload=ids)
    uploads = [
        upload
        for id_ in tk.request.args.getlist("upload")[:MOST_FILES]
        if (upload := store().complete(id_, tk.current_user.id))
    ]
    choices = [
        door.choose(
            upload,
            targets,
            config.matching_limits(),
            tk._,
            english=tk.h.gpo_common_english(),
        )
        for upload in uploads
    ]
    return tk.render(
        "gpo_quality/hand_in_desk.html",
        {"choices": choices, "targets": targets, "errors": errors, **_limits()},
    )


@gpo_quality_door.route("/desk/hand-in/confirm", methods=["POST"])
def confirm() -> Response:
    """Hand in each file for the dataset that was confirmed."""
    require_targets()
    form = tk.request.form
    datasets = {
        id_: dataset
        for id_ in form.getlist("upload_id")[:MOST_FILES]
        if (dataset := form.get(f"dataset.{id_}", ""))
    }
    if not datasets:
        tk.h.flash_error(tk._("No dataset was chosen: nothing was handed in."))
    elif len(set(datasets.values())) < len(datasets):
        tk.h.flash_error(
            tk._("Two files are for the same dataset: choose one of them.")
        )
        datasets = {}
    versions: dict[str, dict[str, Any]] = {}
    for id_, dataset in datasets.items():
        try:
            with _kept_file(id_) as file:
                versions[id_] = _submit(dataset, file, form.get("note", ""))
        except tk.ValidationError as err:
            for messages in _messages(err).values():
                tk.h.flash_error(" ".join(messages))
    _forget(versions)
    rest = [id_ for id_ in form.getlist("upload_id") if id_ not in versions]
    if len(versions) == 1 and len(rest) == 0:
        return _to_report(*versions.values())
    if versions:
        tk.h.flash_success(
            tk._("{count} tables are handed in and being checked.").format(
                count=len(versions)
            )
        )
    if rest:
        return tk.redirect_to("gpo_quality_door.desk", upload=rest)
    return tk.redirect_to(tk.h.gpo_common_desk())


@gpo_quality_door.route("/dataset/<id>/report/<version_id>/correct", methods=["POST"])
def correct(id: str, version_id: str) -> Response:
    """Hand in a rejected version with the cells that were changed in its report."""
    version = _version(id, version_id)
    try:
        version = call_action(
            "gpo_quality_version_correct",
            id=version_id,
            corrections=door.changed_cells(tk.request.form),
            note=tk.request.form.get("note", ""),
        )
    except tk.ValidationError as err:
        messages = _messages(err)
        messages.pop("code", None)
        for texts in messages.values():
            tk.h.flash_error(" ".join(texts))
    return _to_report(version)


@gpo_quality_door.route("/dataset/<id>/report/<version_id>/progress")
def progress(id: str, version_id: str) -> Response:
    """How far the check of a version is: `{state, ended, stage, words}`."""
    return progress_answer(_version(id, version_id))


def _version(id_: str, version_id: str) -> dict[str, Any]:
    """A version of this dataset, as far as its check is.

    :raises werkzeug.exceptions.NotFound: it is not there for this reader
    """
    pkg = find_dataset(id_)
    version = call_action("gpo_quality_version_progress", id=version_id)
    if version["dataset"] != pkg["name"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    return version


def _submit(dataset: str, file: FileStorage, note: str) -> dict[str, Any]:
    version = call_action(
        "gpo_quality_version_submit", dataset=dataset, upload=file, note=note
    )
    if version["unchanged"]:
        message = tk._("Version {number} has the same content already.")
        tk.h.flash_notice(message.format(number=version["number"]))
    return version


@contextmanager
def _file() -> Iterator[FileStorage]:
    """The one file of a form, whole or sent before in parts.

    :raises ValidationError: there is none, or it is empty
    """
    ids = tk.request.form.getlist("upload_id")
    if ids:
        with _kept_file(ids[0]) as file:
            yield file
        return
    files = _files()
    if not files:
        raise _invalid(tk._("Choose the file that you want to hand in."))
    yield files[0]


@contextmanager
def _kept_file(id_: str) -> Iterator[FileStorage]:
    """A file that was sent before.

    :raises ValidationError: it has not come wholly, or is not there any more
    """
    upload = store().complete(id_, tk.current_user.id)
    if upload is None:
        raise _invalid(
            tk._(
                "The file did not come completely, or was kept too long: choose it again."
            )
        )
    with upload.path.open("rb") as stream:
        yield FileStorage(stream, upload.name)


def _files() -> list[FileStorage]:
    """The files of the form that have a name.

    :raises ValidationError: one is empty, or too large
    """
    files = [file for file in tk.request.files.getlist("upload") if file.filename]
    limit = config.max_candidate_size()
    for file in files:
        size = _size(file)
        if not size:
            raise _invalid(tk._("{name} is empty.").format(name=file.filename))
        if size > limit << 20:
            message = tk._("{name} is larger than {limit} MiB.")
            raise _invalid(message.format(name=file.filename, limit=limit))
    return files


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def _keep_all() -> list[str]:
    """Keep the files of the form until their datasets are confirmed; returns all ids."""
    ids = tk.request.form.getlist("upload_id")
    files = _files()
    if not files and not ids:
        raise _invalid(tk._("Choose the files that you want to hand in."))
    if len(files) + len(ids) > MOST_FILES:
        message = tk._("At most {most} files at once.")
        raise _invalid(message.format(most=MOST_FILES))
    owner, expires = tk.current_user.id, allowance().expires
    if store().reserved(owner) + sum(map(_size, files)) > allowance().all_files:
        raise _invalid(
            tk._("Too much waits for you to hand it in: hand in or remove files first.")
        )
    for file in files:
        ids.append(store().keep(file.stream, file.filename or "", owner, expires))
    return ids


def _forget(ids: Any) -> None:
    """Remove what was handed in, of this reader's uploads."""
    uploads = store()
    for id_ in ids:
        if uploads.is_owned(id_, tk.current_user.id):
            uploads.delete_upload(id_)


def _to_report(version: dict[str, Any]) -> Response:
    return tk.redirect_to(
        "gpo_quality.report", id=version["dataset"], version_id=version["id"]
    )


def _limits() -> dict[str, Any]:
    limit = config.max_candidate_size()
    return {"limit": limit, "part": door.PART}


def _messages(err: tk.ValidationError) -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", dict(err.error_dict))


def _invalid(message: str) -> tk.ValidationError:
    return tk.ValidationError({"upload": [message]})
