"""The options of the data API, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def query_seconds() -> int:
    """How long the database may work on one question about rows."""
    return tk.config["ckanext.gpo.dataapi.query_seconds"]


def accel_prefix() -> str:
    """Under which address the front server holds the files of versions; empty for none."""
    return tk.config["ckanext.gpo.dataapi.accel_prefix"]
