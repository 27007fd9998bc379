"""The entries of the data and of the catalogue of disclosure items."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.calls import Example
from ckanext.gpo.common.web.navigation import Entry, Menu
from ckanext.gpo.common.web.replacements import Replacement

SECTIONS = {
    "dataset": "data",
    "resource": "data",
    "gpo_catalogue": "catalogue",
    "gpo_catalogue.dataset": "data",
}

_DOMAIN = Replacement("gpo_catalogue.domain", "name")

REPLACED = {
    "activity.group_changes": _DOMAIN,
    "datastore.dictionary": Replacement("dataset.read", "id", "dictionary"),
    "group.about": _DOMAIN,
    "group.bulk_process": _DOMAIN,
    "group.manage_members": _DOMAIN,
    "group.member_new": _DOMAIN,
    "group.member_dump": _DOMAIN,
    "group.members": _DOMAIN,
}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.MAIN, tk._("Data"), "dataset.search", 10, name="data")
    yield Entry(
        Menu.MAIN, tk._("Catalogue"), "gpo_catalogue.index", 20, name="catalogue"
    )
    yield Entry(Menu.FOOTER, tk._("Departments"), "organization.index", 30)
    yield Entry(Menu.FEEDS, tk._("Latest publications"), "gpo_feeds.latest", 10)


def api_examples() -> Iterator[Example]:
    yield Example(
        tk._("Which areas there are, and what is published in each"),
        "gpo_catalogue_domain_list",
    )
