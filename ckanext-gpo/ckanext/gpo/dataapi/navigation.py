"""The entries of the API."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu
from ckanext.gpo.common.web.replacements import Replacement

SECTIONS = {
    "gpo_dataapi": "api",
    "gpo_dataapi_keys": "api",
    "gpo_dataapi_webhooks": "api",
}

REPLACED = {"datastore.api_info": Replacement("gpo_dataapi.guide")}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.MAIN, tk._("API"), "gpo_dataapi.guide", 50, name="api")
    yield Entry(Menu.FOOTER, tk._("How to call the API"), "gpo_dataapi.guide", 40)
    yield Entry(Menu.DESK, tk._("API keys"), "gpo_dataapi_keys.index", 10)
    yield Entry(Menu.DESK, tk._("Webhooks"), "gpo_dataapi_webhooks.index", 11)
