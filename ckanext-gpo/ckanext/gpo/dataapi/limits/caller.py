"""Whose call a request is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.address import request_address
from ckanext.gpo.dataapi import config

from . import clients


@dataclass(frozen=True)
class Caller:
    """Those whose calls are counted together.

    :param policy: `account` or `address`
    :param name: id of the account; else the address, or of IPv6 its network
    :param is_unlimited: whether they may call as they like
    """

    policy: str
    name: str
    is_unlimited: bool


def current_caller() -> Caller:
    """Who has sent the present request."""
    address = request_address(request.environ)
    is_unlimited = clients.is_within(address, config.unlimited_networks())
    user = tk.current_user
    if user.is_authenticated:
        return Caller("account", str(user.id), is_unlimited)
    return Caller("address", address and clients.network(address), is_unlimited)
