"""Pages of accounts that CKAN lacks or that tell too much, and what stands before all pages."""

from __future__ import annotations

from flask import Blueprint

import ckan.plugins.toolkit as tk

from . import visibility
from .accounts import doors, reset, second_factor

__all__ = ["accounts", "second_factor"]

accounts = Blueprint("gpo_accounts", __name__)
accounts.before_app_request(doors.guard)
accounts.before_app_request(visibility.refuse_confirmation)


@accounts.route("/user/reset", methods=["POST"])
def request_reset() -> str | tuple[str, int]:
    """In the place of CKAN's, which mails while the reader waits."""
    user = tk.request.form.get("user", "").strip()
    if not user:
        tk.h.flash_error(tk._("Enter your user name or e-mail address."))
        return tk.render("user/request_reset.html")
    if not reset.request_links(user):
        return tk.render("gpo_security/sessions_away.html"), 503
    return tk.render("gpo_security/reset_requested.html")
