"""Addresses that change something take no GET.

A link, a picture on another site's page or a browser that reads ahead is a GET; with
POST comes CKAN's CSRF token. A GET for one of these is answered as if the page were not
there for it (405), or by the page that asks for confirmation where CKAN has one.
"""

from __future__ import annotations

from flask import Flask

ENDPOINTS = frozenset(
    {
        "harvester.clear",
        "harvester.delete",
        "harvester.job_abort",
        "harvester.refresh",
        "user.logout",
    }
)
"""Views of CKAN and its extensions that change something on a GET as well."""


def take_no_get(app: Flask) -> None:
    """Let the views of `ENDPOINTS` answer to POST only."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ENDPOINTS:
            rule.methods = {"POST", "OPTIONS"}
