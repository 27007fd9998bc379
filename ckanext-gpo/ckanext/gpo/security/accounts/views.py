"""The pages of the second factor: show a code, set it up, new recovery codes, turn it off."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.common import session

from . import doors, enrolment, factor, identity, login, pending

second_factor = Blueprint(
    "gpo_second_factor", __name__, url_prefix="/user/second-factor"
)

_NEW_KEY = "gpo_new_factor"


@second_factor.route("/")
def index() -> str | Response:
    user = pending.user()
    if user is None or tk.current_user.is_anonymous:
        return _to_login()
    return _state(user)


@second_factor.route("/check", methods=["GET", "POST"])
def check() -> str | Response:
    """The second step of logging in."""
    waiting, user = pending.current(), pending.user()
    if waiting is None or user is None or tk.current_user.is_authenticated:
        return _to_login()
    error = ""
    if tk.request.method == "POST":
        if _accepts(user, "code"):
            return login.complete(
                user, remember=waiting.remember, target=waiting.target
            )
        error = _wrong_code()
    return tk.render("gpo_security/check.html", {"error": error})


@second_factor.route("/set-up", methods=["GET", "POST"])
def set_up() -> str | Response:
    """Couple an authenticator app: while logging in where the site asks for it, or later."""
    waiting, user = pending.current(), pending.user()
    if user is None:
        return _to_login()
    coupled = enrolment.has_factor(user)
    if coupled and tk.current_user.is_anonymous:
        return tk.redirect_to("gpo_second_factor.check")
    secret = session.setdefault(_NEW_KEY, factor.new_secret())
    errors: dict[str, str] = {}
    if tk.request.method == "POST":
        if coupled and not _accepts(user, "current"):
            errors["current"] = _wrong_code()
        elif codes := enrolment.enrol(user, secret, tk.request.form.get("code", "")):
            session.pop(_NEW_KEY)
            if waiting and tk.current_user.is_anonymous:
                login.start_session(user, remember=waiting.remember)
            else:
                identity.renew(user)
            return _recovery_codes(codes, waiting.target if waiting else "")
        else:
            doors.count_failure(tk.request.endpoint or "")
            errors["code"] = _wrong_code()
    uri = factor.provisioning_uri(secret, user.name, tk.config["ckan.site_title"])
    return tk.render(
        "gpo_security/set_up.html",
        {
            "picture": segno.make(uri).svg_data_uri(scale=5, border=4, light="#fff"),
            "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
            "coupled": coupled,
            "required": enrolment.must_have_factor(user),
            "errors": errors,
        },
    )


@second_factor.route("/recovery-codes", methods=["POST"])
def recovery_codes() -> str | Response:
    user = pending.user()
    if user is None or tk.current_user.is_anonymous:
        return _to_login()
    if not _accepts(user, "code"):
        return _state(user, _wrong_code())
    return _recovery_codes(enrolment.renew_recovery_codes(user), "")


@second_factor.route("/turn-off", methods=["POST"])
def turn_off() -> str | Response:
    user = pending.user()
    if user is None or tk.current_user.is_anonymous:
        return _to_login()
    if enrolment.must_have_factor(user):
        tk.abort(403)
    if not _accepts(user, "code"):
        return _state(user, _wrong_code())
    enrolment.remove(user)
    identity.renew(user)
    tk.h.flash_success(tk._("The second factor is turned off."))
    return tk.redirect_to("gpo_second_factor.index")


def _accepts(user: model.User, field: str) -> bool:
    endpoint = tk.request.endpoint or ""
    if enrolment.accept(user, tk.request.form.get(field, "")):
        doors.forget_failures(endpoint)
        return True
    doors.count_failure(endpoint)
    return False


def _wrong_code() -> str:
    return tk._(
        "This code is not valid or has been used. Codes change every 30 seconds: wait "
        "for the next one and check that the clock of your phone is right."
    )


def _state(user: model.User, error: str = "") -> str:
    extra: dict[str, Any] = {
        "coupled": enrolment.has_factor(user),
        "required": enrolment.must_have_factor(user),
        "error": error,
    }
    return tk.render("gpo_security/second_factor.html", extra)


def _recovery_codes(codes: list[str], target: str) -> str:
    home = tk.url_for(tk.config["ckan.auth.route_after_login"])
    onward = target if tk.h.url_is_local(target) else home
    return tk.render(
        "gpo_security/recovery_codes.html", {"codes": codes, "onward": onward}
    )


def _to_login() -> Response:
    return tk.redirect_to("user.login", came_from=tk.url_for("gpo_second_factor.index"))
