"""How to call the API, and downloads: the files of the published version, made once when
it was published."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request

import ckan.plugins.toolkit as tk
from ckan.lib import files

from ckanext.gpo.common.web import downloads
from ckanext.gpo.common.web.actions import call_action, reader_context

from . import usage
from .pages import guide as guide_page
from .pages.keys import gpo_dataapi_keys

gpo_dataapi = Blueprint("gpo_dataapi", __name__)

__all__ = ["gpo_dataapi", "gpo_dataapi_keys"]


@gpo_dataapi.route("/api-guide")
def guide() -> str:
    return tk.render("gpo_dataapi/guide.html", guide_page.content(reader_context()))


_DOT: Final = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
"""A picture of one transparent point."""


@gpo_dataapi.route("/dataset/<dataset>/view.gif")
def view(dataset: str) -> Response:
    """Count a view of a dataset's page, which shows this picture.

    The page itself may come from a cache that the site does not hear of.
    """
    call_action("gpo_dataapi_usage_show", dataset=dataset)
    usage.count_view(dataset)
    response = Response(_DOT, mimetype="image/gif")
    response.cache_control.no_store = True
    return response


@gpo_dataapi.route(downloads.ROUTE)
def download(dataset: str, filename: str) -> Response:
    """One file of a dataset: whole, in ranges, or not at all if it is known already.

    `version` names an earlier version that was public and was not taken back.

    The ETag is the file's SHA-256, the same that `package_show` tells.
    """
    stem, _, kind = filename.rpartition(".")
    version = request.args.get("version", "")
    if stem != dataset or (version and not _is_number(version)):
        return tk.abort(404, tk._("File not found"))
    try:
        file = tk.get_action("gpo_quality_file_show")(
            {},
            {"dataset": dataset, "format": kind}
            | ({"number": int(version)} if version else {}),
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return _nothing(dataset)
    response = _send(file, filename, f"{file['title']}.{kind}")
    if request.method == "GET" and response.status_code == 200:
        usage.count_download(
            dataset, kind
        )  # neither what is known already nor the rest of a file
    return response


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) < 10
        and not text.startswith("0")
    )


def _nothing(dataset: str) -> Response:
    """Not found, or gone (410) if the dataset was public once and was withdrawn."""
    try:
        withdrawal = tk.get_action("gpo_quality_withdrawal_show")(
            {}, {"dataset": dataset}
        )
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("File not found"))
    message = tk._("This dataset was withdrawn: {reason}")
    return tk.abort(410, message.format(reason=withdrawal["reason"]))


def _send(file: dict[str, str | int], name: str, title: str) -> Response:
    storage = files.get_storage(str(file["storage"]))
    data = files.FileData(
        files.Location(str(file["location"])),
        size=int(file["size"]),
        content_type=str(file["content_type"]),
    )
    response = Response(
        storage.stream(data) if request.method == "GET" else None,
        content_type=data.content_type,
    )
    response.content_length = data.size
    # RFC 6266: the Chinese name for who reads it, the plain one for who does not
    names = {"filename": name, "filename*": f"UTF-8''{quote(title, safe='')}"}
    response.headers.set("Content-Disposition", "attachment", **names)
    response.set_etag(str(file["sha256"]))
    response.cache_control.public = True
    response.cache_control.no_cache = True  # revalidate: a new version may be out
    response.make_conditional(request, accept_ranges=True, complete_length=data.size)
    return response
