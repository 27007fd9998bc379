"""Pages of notices: an account's own, and for sysadmins the mails that did not go out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.notices.schedule import Pace
from ckanext.gpo.common.web import paging
from ckanext.gpo.common.web.actions import call_action

__all__ = ["gpo_notices"]

ROWS = 20

gpo_notices = Blueprint("gpo_notices", __name__, url_prefix="/desk")


@gpo_notices.route("/notices")
def index() -> str | Response:
    if tk.current_user.is_anonymous:
        return _log_in("gpo_notices.index")
    return tk.render(
        "gpo_common/notices.html",
        _content("gpo_common_notice_list")
        | {
            "preference": call_action("gpo_common_notice_preference_show"),
            "paces": {
                Pace.AT_ONCE.value: tk._("at once, outside of quiet hours"),
                Pace.DAILY.value: tk._("once a day, in one mail"),
                Pace.WEEKLY.value: tk._("once a week, in one mail"),
            },
            "languages": tk.h.get_available_locales(),
        },
    )


@gpo_notices.route("/notices/read", methods=["POST"])
def read() -> Response:
    """Mark the notice `id` of the form as read, or all of them."""
    call_action("gpo_common_notice_read", id=tk.request.form.get("id", ""))
    return _back("gpo_notices.index")


@gpo_notices.route("/notices/preference", methods=["POST"])
def preference() -> Response:
    """Keep how the reader wants mails."""
    choice = {name: tk.request.form.get(name, "") for name in ("language", "pace")}
    try:
        call_action("gpo_common_notice_preference_update", **choice)
    except tk.ValidationError:
        tk.h.flash_error(tk._("Choose a language, and when mails are to come."))
    else:
        tk.h.flash_success(tk._("Mails will come as you have chosen."))
    return _back("gpo_notices.index")


@gpo_notices.route("/mails")
def mails() -> str | Response:
    if tk.current_user.is_anonymous:
        return _log_in("gpo_notices.mails")
    return tk.render("gpo_common/mails.html", _content("gpo_common_mail_list"))


@gpo_notices.route("/mails/retry", methods=["POST"])
def retry() -> Response:
    """Have the mail `id` of the form sent again."""
    call_action("gpo_common_mail_retry", id=tk.request.form.get("id", "-"))
    tk.h.flash_success(tk._("The mail will be sent again within a minute."))
    return _back("gpo_notices.mails")


def _content(action: str) -> dict[str, Any]:
    """The answer of a list, and its page that is asked for.

    :raises werkzeug.exceptions.NotFound: there is no such page
    """
    answer = call_action(action, **paging.window(ROWS))
    page = paging.page(answer["results"], answer["count"], ROWS)
    if page.page > 1 and not answer["results"]:
        return tk.abort(404, tk._("There is nothing at this address."))
    return {"answer": answer, "page": page}


def _log_in(endpoint: str) -> Response:
    return tk.redirect_to("user.login", came_from=tk.url_for(endpoint))


def _back(endpoint: str) -> Response:
    """To the page of the list from which a form was sent."""
    number = tk.h.get_page_number(tk.request.args)
    return tk.redirect_to(endpoint, **({"page": number} if number > 1 else {}))
