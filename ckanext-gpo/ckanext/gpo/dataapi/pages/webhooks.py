"""The pages of a reader's webhooks: registered, tried, and what came of each attempt."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web import paging
from ckanext.gpo.common.web.actions import call_action, fault_words, reader_context
from ckanext.gpo.dataapi import config
from ckanext.gpo.dataapi.webhooks import CHOICES, EVERYTHING

gpo_dataapi_webhooks = Blueprint(
    "gpo_dataapi_webhooks", __name__, url_prefix="/api-webhooks"
)

ATTEMPTS: Final = 20
"""Attempts on a page."""


@gpo_dataapi_webhooks.before_request
def require_account() -> Response | None:
    if tk.current_user.is_anonymous:
        page = tk.url_for("gpo_dataapi_webhooks.index")
        return tk.redirect_to("user.login", came_from=page)
    return None


@gpo_dataapi_webhooks.route("")
def index() -> str:
    """All that the reader has, and the form for another; `dataset` fills it in."""
    dataset = tk.request.args.get("dataset", "")
    scope = "dataset" if dataset else EVERYTHING
    return _index({"scope": scope, "dataset": dataset, "topics": [*CHOICES]})


@gpo_dataapi_webhooks.route("", methods=["POST"])
def create() -> str | tuple[str, int]:
    """The page with the secret of a new webhook, which is shown this once."""
    form = tk.request.form
    values = {
        **{
            name: form.get(name, "").strip() for name in ("address", "scope", "dataset")
        },
        "topics": form.getlist("topics"),
    }
    kind, _, key = values["scope"].partition(":")
    question = {
        "address": values["address"],
        "kind": kind,
        "key": values["dataset"] if kind == "dataset" else key,
        "topics": values["topics"],
    }
    try:
        created = tk.get_action("gpo_dataapi_webhook_create")(
            reader_context(), question
        )
    except tk.ValidationError as error:
        return _index(values, faults=fault_words(error)), 400
    except tk.ObjectNotFound:
        fault = tk._("There is no public dataset of this name.")
        return _index(values, faults=[fault]), 400
    return _index({"scope": EVERYTHING, "topics": [*CHOICES]}, created=created)


@gpo_dataapi_webhooks.route("/<id>")
def read(id: str) -> str:
    return _page(id)


@gpo_dataapi_webhooks.route("/<id>", methods=["POST"])
def update(id: str) -> Response | tuple[str, int]:
    form = tk.request.form
    question = {
        "id": id,
        "address": form.get("address", "").strip(),
        "topics": form.getlist("topics"),
        "on": form.get("on", "") == "1",
    }
    try:
        _call("gpo_dataapi_webhook_update", question)
    except tk.ValidationError as error:
        return _page(id, faults=fault_words(error)), 400
    tk.h.flash_success(tk._("The webhook is changed."))
    return tk.redirect_to("gpo_dataapi_webhooks.read", id=id)


@gpo_dataapi_webhooks.route("/<id>/test", methods=["POST"])
def test(id: str) -> Response | tuple[str, int]:
    return _send(id, "gpo_dataapi_webhook_test", id)


@gpo_dataapi_webhooks.route("/<id>/messages/<message>", methods=["POST"])
def redeliver(id: str, message: str) -> Response | tuple[str, int]:
    return _send(id, "gpo_dataapi_webhook_redeliver", message)


@gpo_dataapi_webhooks.route("/<id>/delete", methods=["POST"])
def delete(id: str) -> Response:
    call_action("gpo_dataapi_webhook_delete", id=id)
    tk.h.flash_success(tk._("The webhook is deleted. Nothing is told to it any more."))
    return tk.redirect_to("gpo_dataapi_webhooks.index")


def _send(id_: str, action: str, target: str) -> Response | tuple[str, int]:
    try:
        _call(action, {"id": target})
    except tk.ValidationError as error:
        return _page(id_, faults=fault_words(error)), 400
    tk.h.flash_success(
        tk._("The message is on its way. Load this page again to see what came of it.")
    )
    return tk.redirect_to("gpo_dataapi_webhooks.read", id=id_)


def _call(action: str, question: dict[str, Any]) -> Any:
    try:
        return tk.get_action(action)(reader_context(), question)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("There is nothing at this address."))


def _index(values: dict[str, Any], **content: Any) -> str:
    return tk.render(
        "gpo_dataapi/webhooks.html",
        {
            "webhooks": call_action("gpo_dataapi_webhook_list"),
            "most": config.most_webhooks(),
            "domains": call_action("group_list"),
            "departments": call_action("organization_list"),
            "choices": _choices(),
            "values": values,
            **content,
        },
    )


def _page(id_: str, **content: Any) -> str:
    log = call_action(
        "gpo_dataapi_webhook_delivery_list", id=id_, **paging.window(ATTEMPTS)
    )
    return tk.render(
        "gpo_dataapi/webhook.html",
        {
            "webhook": call_action("gpo_dataapi_webhook_show", id=id_),
            "log": log,
            "page": paging.page(log["results"], log["count"], ATTEMPTS),
            "choices": _choices(),
            "states": _states(),
            "failures": _failures(),
            **content,
        },
    )


def _choices() -> dict[str, str]:
    words = [
        tk._(
            "published: a dataset for the first time, a new version, a disclosure item"
        ),
        tk._("withdrawn"),
        tk._("late: a version was due and has not been published"),
        tk._("of another shape: other fields or rules, published or coming"),
    ]
    return dict(zip(CHOICES, words, strict=True))


def _states() -> dict[str, tuple[str, str]]:
    """State of a message → its mood and word."""
    return {
        "waiting": ("hold", tk._("waits for the next attempt")),
        "delivered": ("pass", tk._("delivered")),
        "failed": ("reject", tk._("given up")),
        "dropped": ("quiet", tk._("not sent: no longer public")),
    }


def _failures() -> dict[str, str]:
    """Why there was no answer."""
    return {
        "link-malformed": tk._("The address is not one of a public host by https"),
        "link-unresolved": tk._("The host is not known"),
        "link-private": tk._("The host is not public"),
        "link-certificate": tk._("The certificate of the host is not valid"),
        "link-away": tk._("No answer, or not within fifteen seconds"),
        "secret-unreadable": tk._(
            "The secret cannot be read any more: delete the webhook and make another"
        ),
    }
