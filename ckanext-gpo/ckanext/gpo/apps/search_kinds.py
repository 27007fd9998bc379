"""What the registry brings to the search: apps that are public."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.search_kinds import SearchKind, Tab

from .publication import TYPE


def kinds() -> Iterator[SearchKind]:
    yield SearchKind(
        TYPE,
        lambda: tk._("App"),
        30,
        "gpo_apps.read",
        tab=Tab(lambda: tk._("Apps"), "gpo_apps/snippets/result.html"),
    )
