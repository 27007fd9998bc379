"""The options of gpo_follow, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def secret_key() -> str:
    return tk.config["SECRET_KEY"]


def most_follows() -> int:
    """How much one account or address may follow."""
    return tk.config["ckanext.gpo.follow.most"]


def most_searches() -> int:
    """How many different searches are looked through for each new dataset or item."""
    return tk.config["ckanext.gpo.follow.most_searches"]


def most_records() -> int:
    """How many changed records of a version are looked through for codes."""
    return tk.config["ckanext.gpo.follow.most_records"]
