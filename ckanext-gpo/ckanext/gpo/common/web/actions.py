"""How views call actions: as the reader, and a refusal becomes a page that says so."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context


def reader_context() -> Context:
    """The context of an action that is called for the reader of the page."""
    return {"user": tk.current_user.name, "auth_user_obj": tk.current_user}


def call_action(action: str, **data_dict: Any) -> Any:
    """Call an action for the reader.

    :raises werkzeug.exceptions.NotFound: the action does not find what it is asked for
    :raises werkzeug.exceptions.Forbidden: the reader may not do this
    """
    try:
        return tk.get_action(action)(reader_context(), data_dict)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("There is nothing at this address."))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("This page is for the responsible department only."))


def fault_words(error: tk.ValidationError) -> list[str]:
    """What an action finds wrong, in words: its code is for programs."""
    return [
        str(message)
        for name, messages in error.error_dict.items()
        if name != "code" and isinstance(messages, list)
        for message in messages
    ]
