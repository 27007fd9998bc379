"""How views ask the actions: as the reader, and what is refused becomes a page."""

from __future__ import annotations

from typing import Any

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
    """The dataset of an address, if it is there for this reader."""
    try:
        return tk.get_action("package_show")(context(), {"id": id_})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        # whether a private dataset exists is not told
        return tk.abort(404, tk._("There is no public dataset at this address."))
