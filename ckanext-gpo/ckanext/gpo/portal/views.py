"""The portal's own pages: home, the desk, and what CKAN's scripts ask for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.views.api import i18n_js_translations

from ckanext.gpo.common.web import desk as desk_panels
from ckanext.gpo.common.web.actions import call_action, reader_context

from . import headers
from .pages import home as home_page
from .pages.replaced import replaced

__all__ = ["portal", "replaced"]

portal = Blueprint("gpo_portal", __name__)
portal.after_app_request(headers.secure)


@portal.route("/")
def home() -> str:
    return tk.render("gpo_portal/home.html", home_page.content(reader_context()))


@portal.route("/desk")
def desk() -> str | Response:
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("gpo_portal.desk"))
    organizations = call_action(
        "organization_list_for_user", permission="update_dataset"
    )
    panels = desk_panels.panels() if organizations else []
    return tk.render(
        "gpo_portal/desk.html", {"organizations": organizations, "panels": panels}
    )


@portal.route("/api/i18n/<lang>")
def script_words(lang: str) -> Any:
    """The words of CKAN's scripts, which ask for `zh_Hans-CN` where `zh_Hans_CN` is meant.

    Without an answer CKAN starts none of its page modules.
    """
    return i18n_js_translations(lang.replace("-", "_"))
