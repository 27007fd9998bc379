"""The pages of follows: of a subject, of an account, and those that mails lead to.

Opening a page never changes anything: programs that look at mails open the links in them.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.config.middleware.flask_app import csrf

from ckanext.gpo.common.notices.delivery import may_deliver
from ckanext.gpo.common.web import paging, proof
from ckanext.gpo.common.web.actions import call_action, reader_context
from ckanext.gpo.common.web.limited import limited

from .logic.action.addresses import find_question, find_recipient
from .pages import feed as feed_page

__all__ = ["gpo_follow"]

FORM = "follow"
"""Name of the form for addresses, see `common.web.proof`."""

FOLLOWS = 20
"""Follows on one page."""

gpo_follow = Blueprint("gpo_follow", __name__)


@gpo_follow.route("/desk/follows")
def index() -> str | Response:
    """All that the reader follows."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("gpo_follow.index"))
    answer = call_action("gpo_follow_list", **paging.window(FOLLOWS))
    return tk.render("gpo_follow/index.html", _page(answer))


@gpo_follow.route("/desk/follows", methods=["POST"])
def change() -> Response:
    """Change how soon the reader is told of something, or stop it."""
    _change_own(tk.request.form)
    return tk.redirect_to("gpo_follow.index")


@gpo_follow.route("/news.<any(atom, rss, json):form>")
@limited
def news(form: str) -> Response:
    """The news of all datasets and items as a feed."""
    latest = call_action("gpo_follow_news_list", limit=feed_page.ENTRIES)
    return feed_page.site_feed(latest, form)


@gpo_follow.route("/follow/<kind>/<path:key>.atom", defaults={"form": "atom"})
@gpo_follow.route("/follow/<kind>/<path:key>.<any(rss, json):form>")
@limited
def feed(kind: str, key: str, form: str) -> Response:
    """The news of one subject as a feed."""
    subject = call_action(
        "gpo_follow_show", kind=kind, key=key, limit=feed_page.ENTRIES
    )
    return feed_page.subject_feed(subject, form)


@gpo_follow.route("/follow/<kind>/<path:key>")
def subject(kind: str, key: str) -> str:
    """Something that can be followed: how, and what was told of it last."""
    return _subject_page(kind, key)


@gpo_follow.route("/follow/<kind>/<path:key>", methods=["POST"])
def follow(kind: str, key: str) -> str | Response:
    """Follow: with the reader's account, or with the address of the form."""
    form = tk.request.form
    if not tk.current_user.is_anonymous:
        _change_own({"kind": kind, "key": key, "pace": form.get("pace", "")})
        return tk.redirect_to("gpo_follow.subject", kind=kind, key=key)
    call_action("gpo_follow_show", kind=kind, key=key, limit=0)  # is it there?
    if refusal := proof.refusal(FORM, form):
        page = make_response(
            _subject_page(kind, key, [refusal.message]), refusal.status
        )
        if refusal.retry_after:
            page.headers["Retry-After"] = str(refusal.retry_after)
        return page
    question = {
        "kind": kind,
        "key": key,
        "address": form.get("address", ""),
        "pace": form.get("pace", ""),
        "language": tk.h.lang(),
    }
    try:
        tk.get_action("gpo_follow_address_create")(reader_context(), question)
    except tk.ValidationError as error:
        faults = list(error.error_summary.values())
        return make_response(_subject_page(kind, key, faults), 400)
    return tk.redirect_to("gpo_follow.next_step", kind=kind, key=key)


@gpo_follow.route("/follow/next-step")
def next_step() -> str:
    """What comes next: a mail with a link."""
    arguments = tk.request.args
    subject = call_action(
        "gpo_follow_show",
        kind=arguments.get("kind", ""),
        key=arguments.get("key", ""),
        limit=0,
    )
    return tk.render("gpo_follow/next_step.html", {"subject": subject})


@gpo_follow.route("/follow/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Response:
    """Ask the owner of an address, by a button, whether it wants to follow something."""
    try:
        row = find_question(token)
        if tk.request.method == "POST":
            answer = call_action("gpo_follow_address_confirm", token=token)
            return tk.redirect_to("gpo_follow.manage", token=answer["manage"])
    except tk.ObjectNotFound as error:
        return _expired(error)
    subject = call_action("gpo_follow_show", kind=row.kind, key=row.key, limit=0)
    content = {"subject": subject, "token": token, "confirmed": bool(row.confirmed)}
    return _private("gpo_follow/confirm.html", content)


@gpo_follow.route("/follow/mine/<token>", methods=["GET", "POST"])
def manage(token: str) -> Response:
    """All that an address follows."""
    try:
        if tk.request.method == "POST":
            form = tk.request.form
            choice = {name: form.get(name, "") for name in ("id", "pace")}
            tk.get_action("gpo_follow_address_update")(
                reader_context(), {"token": token, **choice}
            )
            return tk.redirect_to("gpo_follow.manage", token=token)
        answer = tk.get_action("gpo_follow_address_list")(
            reader_context(), {"token": token, **paging.window(FOLLOWS)}
        )
    except tk.ValidationError:
        return tk.abort(400, tk._("Choose when mails are to come."))
    except tk.ObjectNotFound as error:
        return _expired(error)
    return _private("gpo_follow/manage.html", {**_page(answer), "token": token})


@gpo_follow.route("/follow/stop/<token>", methods=["GET", "POST"])
def stop(token: str) -> Response:
    """End all mails of follows, by a button or by a mail program's one click (RFC 8058).

    The click comes without a session, so without a CSRF token; the link is signed.
    """
    try:
        if tk.request.method == "POST":
            ended = tk.get_action("gpo_follow_stop")(reader_context(), {"token": token})
            return _private("gpo_follow/stopped.html", ended)
        find_recipient(token)
    except tk.ObjectNotFound as error:
        return _expired(error)
    return _private("gpo_follow/stop.html", {"token": token})


csrf.exempt(stop)


def _page(answer: dict[str, Any]) -> dict[str, Any]:
    follows = answer["results"]
    return {"follows": follows, "page": paging.page(follows, answer["count"], FOLLOWS)}


def _subject_page(kind: str, key: str, faults: list[str] | None = None) -> str:
    content = {
        "subject": call_action("gpo_follow_show", kind=kind, key=key),
        "form": FORM,
        "faults": faults or [],
        "values": tk.request.form,
        "sends_mails": may_deliver(),
    }
    return tk.render("gpo_follow/subject.html", content)


def _change_own(form: Any) -> None:
    subject = {name: form.get(name, "") for name in ("kind", "key")}
    if form.get("pace") == "none":
        call_action("gpo_follow_delete", **subject)
        tk.h.flash_success(tk._("You no longer follow this."))
        return
    try:
        tk.get_action("gpo_follow_create")(
            reader_context(), {**subject, "pace": form.get("pace", "")}
        )
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(error.error_summary.values()))
    except tk.ObjectNotFound:
        tk.abort(404, tk._("There is nothing at this address."))
    else:
        tk.h.flash_success(tk._("You will be told as you have chosen."))


def _private(template: str, content: dict[str, Any]) -> Response:
    """A page whose address is a secret of its reader."""
    page = make_response(tk.render(template, content))
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


def _expired(error: tk.ObjectNotFound) -> Response:
    content = {"code": 410, "content": error.message}
    return make_response(tk.render("error_document_template.html", content), 410)
