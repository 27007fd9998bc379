"""The entries of the harvest."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu


def entries() -> Iterator[Entry]:
    yield Entry(
        Menu.DESK, tk._("Sources and runs"), "harvest.search", 40, visible=_keeps_data
    )


def _keeps_data() -> bool:
    """Whether the reader looks after data of some department."""
    return bool(tk.h.organizations_available("update_dataset"))
