"""The entries of the API."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu

SECTIONS = {"gpo_portal.api_guide": "api"}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.MAIN, tk._("API"), "gpo_portal.api_guide", 50, name="api")
    yield Entry(Menu.FOOTER, tk._("How to call the API"), "gpo_portal.api_guide", 40)
