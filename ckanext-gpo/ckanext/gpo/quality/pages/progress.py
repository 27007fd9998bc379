"""How far a check is, for the script that asks again and again (progress.js)."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk


def progress_answer(progress: dict[str, Any]) -> Response:
    """`{state, ended, stage, words}`, which no cache keeps.

    :param progress: of a version, see `gpo_quality_version_progress`, or of a trial
    """
    names = ("state", "ended", "stage")
    response = jsonify(
        {name: progress[name] for name in names}
        | {"words": tk.h.gpo_quality_progress(progress)}
    )
    response.headers["Cache-Control"] = "no-store"
    return response
