"""The door of the action API, in the place of CKAN's view `api.action`."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context
from ckan.views import api

from . import allow_list, errors
from .errors import refusal


def action(logic_function: str, ver: int = api.API_DEFAULT_VERSION) -> Response:
    """Call an action with what the request carries.

    As CKAN's own, but only for actions on the allow-list; errors speak the caller's
    language and have a code.

    :returns: `{help, success, result}`, or `{help, success, error}`
    """
    model.Session()._context = context = _context(ver)
    try:
        function = _admitted(logic_function)
        parameters = _parameters(function)
        if parameters.pop("callback", None):  # JSONP: anybody's page reads the answer
            context.update({"user": "", "auth_user_obj": None})
        result = function(context, parameters)
        answer = {"success": True, "result": result}
        if "changed_entities" in context:
            changed = context["changed_entities"].items()
            answer["changed_entities"] = {kind: sorted(ids) for kind, ids in changed}
        return _finish(200, answer, logic_function, ver)
    except HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - the last that can answer in JSON
        model.Session.rollback()
        status, described = errors.answer(error, logic_function)
        answer = {"success": False, "error": described}
        return _finish(status, answer, logic_function, ver)


def _admitted(name: str) -> Action:
    """The action, if the caller belongs to those whom it serves.

    :raises NotFound: it is none of the API
    :raises NotAuthorized: it serves others
    """
    audience = allow_list.audience(name)
    if audience is allow_list.Audience.NOBODY:
        raise refusal(NotFound, "action-unknown")
    try:
        function = tk.get_action(name)
    except KeyError as error:  # its plugin is not loaded
        raise refusal(NotFound, "action-unknown") from error
    if not audience.admits(tk.current_user):
        raise tk.NotAuthorized(tk._("Your account may not call this action"))
    return function


def _parameters(function: Action) -> dict[str, Any]:
    """What the request carries for the action; see CKAN's `_get_request_data`.

    :raises MethodNotAllowed: GET on an action that may change something
    :raises BadRequest: the body is no object of JSON
    """
    reading = getattr(function, "side_effect_free", False)
    if request.method == "GET" and not reading:
        raise refusal(MethodNotAllowed, "post-required", valid_methods=["POST"])
    try:
        return api._get_request_data(try_url_params=reading)
    except ValueError as error:
        raise refusal(BadRequest, "object-required") from error


def _context(version: int) -> Context:
    return {
        "user": tk.current_user.name,
        "auth_user_obj": tk.current_user,
        "api_version": version,
    }


def _finish(status: int, answer: dict[str, Any], name: str, version: int) -> Response:
    address = tk.url_for(
        "api.action", logic_function="help_show", ver=version, name=name, _external=True
    )
    return api._finish(status, {"help": address, **answer}, content_type="json")
