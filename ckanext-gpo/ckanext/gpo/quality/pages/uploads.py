"""The addresses to which scripts send files in parts, by the tus protocol."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.quality import config, door

gpo_quality_uploads = Blueprint("gpo_quality_uploads", __name__)

_PIECE = 1 << 16


def store() -> door.UploadStore:
    """The uploads of the site."""
    return door.UploadStore(config.uploads_folder())


def allowance() -> door.Allowance:
    """What one account may keep."""
    return door.Allowance(
        file=config.max_candidate_size() << 20,
        all_files=config.max_uploads_size() << 20,
        hours=config.upload_hours(),
    )


def require_targets() -> list[dict[str, str]]:
    """The datasets for which the reader may hand in a table.

    :raises werkzeug.exceptions.Forbidden: there are none
    """
    targets = call_action("gpo_quality_target_list")
    return targets or tk.abort(
        403, tk._("Only who looks after data of a department hands in files.")
    )


@gpo_quality_uploads.route("/desk/hand-in/uploads", methods=["POST"])
def create() -> Response:
    """Announce a file, and begin it."""
    require_targets()
    return _answer("")


@gpo_quality_uploads.route(
    "/desk/hand-in/uploads/<upload_id>", methods=["HEAD", "PATCH", "DELETE"]
)
def go_on(upload_id: str) -> Response:
    """Ask how much has come, send more, or take it back."""
    require_targets()
    return _answer(upload_id)


def _answer(upload_id: str) -> Response:
    answer = door.answer(
        store(),
        allowance(),
        tk.current_user.id,
        tk.request.method,
        upload_id,
        dict(tk.request.headers),
        _body(),
    )
    response = Response(answer.body, answer.status, dict(answer.headers))
    if answer.created:
        response.headers["Location"] = tk.url_for(
            "gpo_quality_uploads.go_on", upload_id=answer.created
        )
    return response


def _body() -> bytes:
    """What has come of a part, also if the line broke in the middle of it."""
    tk.request.max_content_length = door.PART
    pieces: list[bytes] = []
    try:
        while piece := tk.request.stream.read(_PIECE):
            pieces.append(piece)
    except (ClientDisconnected, OSError):
        pass
    return b"".join(pieces)
