"""Stands before the API and the files, and refuses who calls too often."""

from __future__ import annotations

from typing import Final

from flask import Response, request
from werkzeug.exceptions import TooManyRequests

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.address import request_address
from ckanext.gpo.dataapi import config

from . import clients
from .budget import Budget
from .counting import spend

ADDRESSES: Final = "/api/gpo/"
ENDPOINTS: Final = frozenset(
    {
        "api.action",
        "dcat.read_catalog",
        "gpo_dataapi.download",
        "gpo_dataapi.dump",
        "gpo_dataapi_data_json.index",
        "gpo_dataapi_stock.package_search",
    }
)
"""What programs read outside of `ADDRESSES`: rows, files, the whole catalogue."""

_NOTE: Final = "gpo.dataapi.budget"


def admit() -> None:
    """Count a call, and refuse it if it is one too many.

    :raises TooManyRequests: `announce` adds when to come again
    """
    address = request_address(request.environ)
    if not _is_limited() or clients.is_within(address, config.unlimited_networks()):
        return
    budget = _spend(address)
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


def _is_limited() -> bool:
    return request.method != "OPTIONS" and (
        request.path.startswith(ADDRESSES) or request.endpoint in ENDPOINTS
    )


def _spend(address: str) -> Budget | None:
    user = tk.current_user
    if user.is_authenticated:
        return spend("account", config.account_limit(), str(user.id))
    return spend("address", config.address_limit(), clients.network(address))


def _words(budget: Budget) -> str:
    words = tk._(
        "Too many calls: {quota} are allowed in {window} seconds. Please try again in "
        "{seconds} seconds."
    ).format(quota=budget.quota, window=budget.window, seconds=budget.reset)
    if tk.current_user.is_authenticated:
        return words
    return words + tk._(" With a key more is allowed.")
