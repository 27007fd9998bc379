"""The entries of accounts."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu


def entries() -> Iterator[Entry]:
    yield Entry(Menu.DESK, tk._("Second factor"), "gpo_second_factor.index", 30)
