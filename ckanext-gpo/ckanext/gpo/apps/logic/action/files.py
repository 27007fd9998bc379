"""Pictures and the package of a registration."""

from __future__ import annotations

import hashlib
import io
import logging
import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.apps import config, dictize, storage
from ckanext.gpo.apps.logic import schema
from ckanext.gpo.apps.material import SUFFIXES, MaterialError, encode, safe_name
from ckanext.gpo.apps.model import App, now
from ckanext.gpo.common import scanning
from ckanext.gpo.common.config import scan_command

from . import cases
from .building import hold_editable

log = logging.getLogger(__name__)

MOST_PICTURES = 6
_PIECE = 1 << 20


@tk.validate_action_data(schema.file_add)
def gpo_apps_file_add(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Add a picture to your registration, or the file that it offers.

    :param id: id or name of the app
    :type id: str
    :param kind: ``picture`` (PNG, JPEG or WebP, at most 5 MiB and six of them; it is
        encoded anew) or ``package`` (one; a new one takes the place of the old one)
    :type kind: str
    :param upload: the file, as multipart/form-data

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_file_add", context, data_dict)
    upload = data_dict["upload"]
    stream: IO[bytes] = getattr(upload, "stream", upload)
    file_name = getattr(upload, "filename", None) or ""
    # whatever takes time is done before the app is held
    is_picture = data_dict["kind"] == "picture"
    change = _picture(stream) if is_picture else _package(stream, file_name)
    app = cases.locked_app(data_dict["id"])
    hold_editable(app)
    former = storage.locations(app.id, app.content)
    body = change.pop("body")
    if is_picture:
        _add_picture(app, change)
        storage.save(storage.picture(app.id, change["id"]), body)
    else:
        storage.save(storage.package(app.id, change["sha256"]), body)
        app.content = {**app.content, "package": change}
    app.modified = now()
    model.Session.commit()
    _clear(app, former)
    return dictize.registration(app)


@tk.validate_action_data(schema.file_remove)
def gpo_apps_file_remove(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a picture or the package out of your registration.

    :param id: id or name of the app
    :type id: str
    :param file: id of the picture, or ``package``
    :type file: str

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_file_remove", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    hold_editable(app)
    former = storage.locations(app.id, app.content)
    content = dict(app.content)
    if data_dict["file"] == "package":
        content.pop("package", None)
    else:
        content["pictures"] = [
            entry
            for entry in content.get("pictures", [])
            if entry["id"] != data_dict["file"]
        ]
    app.content, app.modified = content, now()
    model.Session.commit()
    _clear(app, former)
    return dictize.registration(app)


def _picture(stream: IO[bytes]) -> dict[str, Any]:
    try:
        picture = encode(stream.read())
    except MaterialError as err:
        message = {
            "picture-too-large": tk._("The picture is too large: at most 5 MiB"),
        }.get(err.code, tk._("This is not a picture in PNG, JPEG or WebP"))
        raise tk.ValidationError({"picture": [message], "code": [err.code]}) from err
    return {
        "id": picture.id,
        "width": picture.width,
        "height": picture.height,
        "body": io.BytesIO(picture.body),
    }


def _package(stream: IO[bytes], file_name: str) -> dict[str, Any]:
    """The package as it is kept: never opened, only counted and hashed."""
    try:
        name = safe_name(file_name)
    except MaterialError as err:
        message = tk._("Files of these kinds are taken: {kinds}")
        kinds = ", ".join(SUFFIXES)
        raise tk.ValidationError(
            {"package": [message.format(kinds=kinds)], "code": [err.code]}
        ) from err
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    limit = config.max_package_size()
    if not 0 < size <= limit << 20:
        message = tk._("The file is empty or larger than {limit} MiB")
        raise tk.ValidationError({"package": [message.format(limit=limit)]})
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    stream.seek(0)
    _scan(stream)
    return {"name": name, "size": size, "sha256": digest.hexdigest(), "body": stream}


def _scan(stream: IO[bytes]) -> None:
    """Have the scanner look at a package, if there is one.

    :raises ValidationError: it finds malware, or gives no verdict
    """
    command = scan_command()
    if not command:
        return
    model.Session.commit()  # it may take seconds, in which nothing is to be held
    with tempfile.NamedTemporaryFile(prefix="gpo-package-") as file:
        shutil.copyfileobj(stream, file)
        file.flush()
        stream.seek(0)
        path = Path(file.name)
        try:
            infected = scanning.is_infected(path, command, config.max_scan_time())
        except scanning.ScanError as err:
            log.warning("A package of an app could not be scanned: %s", err)
            message = tk._(
                "The file could not be scanned for malware, so it was not taken. Try again"
                " in a few minutes; if that does not help, tell the administrator."
            )
            raise tk.ValidationError(
                {"package": [message], "code": ["scan-failed"]}
            ) from err
    if infected:
        message = tk._("The scanner has found malware in this file: it was not taken")
        raise tk.ValidationError({"package": [message], "code": ["malware-found"]})


def _add_picture(app: App, picture: dict[str, Any]) -> None:
    pictures = app.content.get("pictures", [])
    if picture["id"] in [entry["id"] for entry in pictures]:
        return
    if len(pictures) >= MOST_PICTURES:
        model.Session.rollback()
        message = tk._("At most {most} pictures").format(most=MOST_PICTURES)
        raise tk.ValidationError({"picture": [message]})
    app.content = {**app.content, "pictures": [*pictures, picture]}


def _clear(app: App, former: set[str]) -> None:
    """Remove the files that neither copy refers to any more."""
    in_use = storage.locations(app.id, app.content)
    in_use |= storage.locations(app.id, app.public_content)
    for location in former - in_use:
        storage.remove(location)
