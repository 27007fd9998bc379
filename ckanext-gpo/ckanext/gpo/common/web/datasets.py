"""The dataset of an address, or the page that says why it was withdrawn."""

from __future__ import annotations

from typing import Any

from flask import abort, make_response

import ckan.plugins.toolkit as tk

from .actions import reader_context


def find_dataset(id_: str) -> dict[str, Any]:
    """The dataset of an address, if it is there for this reader.

    Of one that was withdrawn it is told since when and why (410, Gone).
    """
    try:
        return tk.get_action("package_show")(reader_context(), {"id": id_})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        # whether a private dataset exists is not told, unless it once was public
        return _withdrawn(id_)


def _withdrawn(id_: str) -> Any:
    try:
        data_dict = {"dataset": id_}
        withdrawal = tk.get_action("gpo_quality_withdrawal_show")(
            reader_context(), data_dict
        )
    except (tk.ObjectNotFound, tk.ValidationError):
        return tk.abort(404, tk._("There is no public dataset at this address."))
    page = tk.render("gpo_portal/withdrawn.html", {"withdrawal": withdrawal})
    return abort(make_response(page, 410))
