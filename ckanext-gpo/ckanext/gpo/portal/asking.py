"""How views ask the actions: as the reader, and what is refused becomes a page."""

from __future__ import annotations

from typing import Any

from flask import abort, make_response

import ckan.plugins.toolkit as tk
from ckan.types import Context


def context() -> Context:
    return {"user": tk.current_user.name, "auth_user_obj": tk.current_user}


def ask(action: str, **data_dict: Any) -> Any:
    """Call an action for the reader; what it refuses becomes the page that says so."""
    try:
        return tk.get_action(action)(context(), data_dict)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("There is nothing at this address."))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("This page is for the responsible department only."))


def dataset_of(id_: str) -> dict[str, Any]:
    """The dataset of an address, if it is there for this reader.

    Of one that was withdrawn it is told since when and why (410, Gone).
    """
    try:
        return tk.get_action("package_show")(context(), {"id": id_})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        # whether a private dataset exists is not told, unless it once was public
        return _withdrawn(id_)


def _withdrawn(id_: str) -> Any:
    try:
        data_dict = {"dataset": id_}
        found = tk.get_action("gpo_quality_withdrawal_show")(context(), data_dict)
    except (tk.ObjectNotFound, tk.ValidationError):
        return tk.abort(404, tk._("There is no public dataset at this address."))
    page = tk.render("gpo_portal/withdrawn.html", {"withdrawal": found})
    return abort(make_response(page, 410))
