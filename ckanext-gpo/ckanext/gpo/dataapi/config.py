"""The options of the data API, typed."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

from limits import RateLimitItem, parse

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.duck import Limits

_ADDRESS = "ckanext.gpo.dataapi.address_limit"
_ACCOUNT = "ckanext.gpo.dataapi.account_limit"
_UNLIMITED = "ckanext.gpo.dataapi.unlimited_networks"


def query_seconds() -> int:
    """How long the database may work on one question about rows."""
    return tk.config["ckanext.gpo.dataapi.query_seconds"]


def accel_prefix() -> str:
    """Under which address the front server holds the files of versions; empty for none."""
    return tk.config["ckanext.gpo.dataapi.accel_prefix"]


def address_limit() -> RateLimitItem:
    """How often one address may call without a key."""
    return parse(tk.config[_ADDRESS])


def account_limit() -> RateLimitItem:
    """How often one account may call with its keys."""
    return parse(tk.config[_ACCOUNT])


def unlimited_networks() -> list[str]:
    """Addresses and networks that may call as often as they like."""
    return tk.config[_UNLIMITED]


def exports_at_once() -> int:
    """How many exports are written at once on one machine."""
    return tk.config["ckanext.gpo.dataapi.exports_at_once"]


def export_places() -> Path:
    """The file by which they are counted; it lies where nobody but the site writes."""
    return Path(tk.config["ckan.storage_path"], "gpo-exports")


def exports_of_client() -> int:
    """How many of them one account or address may have."""
    return tk.config["ckanext.gpo.dataapi.exports_of_client"]


def export_limits() -> Limits:
    """What the database of one export may take."""
    memory = tk.config["ckanext.gpo.dataapi.export_memory"]
    return Limits(f"{memory}MiB", threads=1)


def secret_key() -> str:
    return tk.config["SECRET_KEY"]


def most_webhooks() -> int:
    """How many webhooks one account may have."""
    return tk.config["ckanext.gpo.dataapi.most_webhooks"]


def private_webhooks() -> bool:
    """Whether webhooks may lead to this machine and its network, and without TLS."""
    return tk.config["ckanext.gpo.dataapi.private_webhooks"]


def verify() -> None:
    """Let a site with an option that cannot be read not start.

    :raises ValueError: which option
    """
    for option in (_ADDRESS, _ACCOUNT):
        try:
            parse(tk.config[option])
        except ValueError as error:
            raise ValueError(f"{option}: write it as `600 per minute`") from error
    for network in unlimited_networks():
        try:
            ip_network(network, strict=False)
        except ValueError as error:
            raise ValueError(f"{_UNLIMITED}: {network} is no network") from error
