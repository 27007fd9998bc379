"""The page at the address of a dataset that was withdrawn: since when, and why."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import reader_context


def page(id_: str) -> Response | None:
    """The page (410, Gone), if there is a dataset of this name and it was withdrawn."""
    try:
        withdrawal = tk.get_action("gpo_quality_withdrawal_show")(
            reader_context(), {"dataset": id_}
        )
    except (tk.ObjectNotFound, tk.ValidationError):
        return None
    content = tk.render("gpo_quality/withdrawn.html", {"withdrawal": withdrawal})
    return make_response(content, 410)
