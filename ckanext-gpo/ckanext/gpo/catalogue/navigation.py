"""The entries of the data and of the catalogue of disclosure items."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu

SECTIONS = {
    "dataset": "data",
    "resource": "data",
    "gpo_portal.dataset": "data",
    "gpo_portal.catalogue": "catalogue",
    "gpo_portal.domain": "catalogue",
    "gpo_portal.item": "catalogue",
}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.MAIN, tk._("Data"), "dataset.search", 10, name="data")
    yield Entry(
        Menu.MAIN, tk._("Catalogue"), "gpo_portal.catalogue", 20, name="catalogue"
    )
    yield Entry(Menu.FOOTER, tk._("Departments"), "organization.index", 30)
    yield Entry(Menu.FEEDS, tk._("Latest publications"), "gpo_feeds.latest", 10)
