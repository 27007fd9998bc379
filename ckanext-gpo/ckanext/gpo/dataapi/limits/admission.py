"""Stands before the API and the files, and refuses who calls too often."""

from __future__ import annotations

from typing import Final

from flask import Response, request
from werkzeug.exceptions import TooManyRequests

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.limited import is_limited
from ckanext.gpo.dataapi import config

from .budget import Budget
from .caller import Caller, current_caller
from .counting import spend

_NOTE: Final = "gpo.dataapi.budget"


def admit() -> None:
    """Count a call, and refuse it if it is one too many.

    :raises TooManyRequests: `announce` adds when to come again
    """
    if not is_limited():
        return
    caller = current_caller()
    budget = None if caller.is_unlimited else _spend(caller)
    if budget is None:
        return
    request.environ[_NOTE] = budget
    if budget.is_exceeded:
        raise TooManyRequests(_words(budget))


def announce(response: Response) -> Response:
    """Say in an answer how much is left."""
    budget: Budget | None = request.environ.get(_NOTE)
    if budget:
        response.headers.update(budget.headers())
        if budget.is_exceeded:
            response.headers["Retry-After"] = str(budget.reset)
    return response


def _spend(caller: Caller) -> Budget | None:
    is_account = caller.policy == "account"
    limit = config.account_limit() if is_account else config.address_limit()
    return spend(caller.policy, limit, caller.name)


def _words(budget: Budget) -> str:
    words = tk._(
        "Too many calls: {quota} are allowed in {window} seconds. Please try again in "
        "{seconds} seconds."
    ).format(quota=budget.quota, window=budget.window, seconds=budget.reset)
    if budget.policy == "account":
        return words
    return words + tk._(" With a key more is allowed.")
