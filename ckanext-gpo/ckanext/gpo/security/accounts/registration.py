"""What registration tells about accounts that exist.

A name that is taken cannot be given, and a mail address stands for one account: so that
one of the two is taken must be said, but not which, and a program may only ask a few
times (`register_limit_address`).
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model


def disguise(errors: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Errors of a registration, without saying which of name and address is taken."""
    name, email = str(data.get("name") or ""), str(data.get("email") or "")
    duplicates = []
    if model.User.by_name(name):
        duplicates.append("name")
    if email and model.User.by_email(email):
        duplicates.append("email")
    if not duplicates:
        return errors
    public = {
        field: value for field, value in errors.items() if field not in duplicates
    }
    public["name"] = [
        tk._(
            "No account can be made with this user name and e-mail address. Choose "
            "another name; if you have an account already, log in or reset its password."
        )
    ]
    return public
