"""The page of a reader's keys: CKAN's API tokens, made and revoked with one click each."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.dataapi import config

gpo_dataapi_keys = Blueprint("gpo_dataapi_keys", __name__, url_prefix="/api-keys")

LONGEST_NAME: Final = 100


@gpo_dataapi_keys.before_request
def require_account() -> Response | None:
    if tk.current_user.is_anonymous:
        page = tk.url_for("gpo_dataapi_keys.index")
        return tk.redirect_to("user.login", came_from=page)
    return None


@gpo_dataapi_keys.route("")
def index() -> str:
    return _page()


@gpo_dataapi_keys.route("", methods=["POST"])
def create() -> str | tuple[str, int]:
    """The page with the new key, which is shown this once."""
    name = tk.request.form.get("name", "").strip()
    if not 0 < len(name) <= LONGEST_NAME:
        words = tk._("Give the key a name of at most {most} characters.")
        return _page(fault=words.format(most=LONGEST_NAME), name=name), 400
    key = call_action("api_token_create", user=tk.current_user.name, name=name)
    return _page(created={"name": name, **key})


@gpo_dataapi_keys.route("/<id>/revoke", methods=["POST"])
def revoke(id: str) -> Response:
    call_action("api_token_revoke", jti=id)
    tk.h.flash_success(tk._("The key is revoked. Programs that use it are refused."))
    return tk.redirect_to("gpo_dataapi_keys.index")


def _page(**content: Any) -> str:
    limits = {"address": config.address_limit(), "account": config.account_limit()}
    return tk.render(
        "gpo_dataapi/keys.html",
        {
            "keys": call_action("gpo_dataapi_key_usage_list"),
            "limits": {
                name: {"quota": limit.amount, "window": limit.get_expiry()}
                for name, limit in limits.items()
            },
            "call": _example((content.get("created") or {}).get("token", "")),
            "longest": LONGEST_NAME,
            **content,
        },
    )


def _example(token: str) -> str:
    """How a program shows its key, with the one that was made just now."""
    header = tk.config["apitoken_header_name"]
    address = f"{tk.config['ckan.site_url']}/api/3/action/package_search?rows=3"
    return f"curl -H '{header}: {token or '…'}' '{address}'"
