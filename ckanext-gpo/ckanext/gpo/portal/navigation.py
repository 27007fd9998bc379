"""The portal's own entries: the desk, the account, what the site is."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu

SECTIONS = {"gpo_portal.desk": "mine", "dashboard": "mine", "user": "mine"}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.MAIN, tk._("My account"), "gpo_portal.desk", 60, name="mine")
    yield Entry(Menu.SEARCH, tk._("Search the data"), "dataset.search", 90)
    yield Entry(Menu.FOOTER, tk._("What this is"), "home.about", 10)
    if tk.current_user.is_authenticated:
        yield from _account({"id": tk.current_user.name})


def _account(reader: dict[str, str]) -> Iterator[Entry]:
    yield Entry(Menu.ACCOUNT, tk._("My desk"), "gpo_portal.desk", 10)
    yield Entry(Menu.ACCOUNT, tk._("My profile"), "user.read", 20, arguments=reader)
    yield Entry(Menu.ACCOUNT, tk._("Settings"), "user.edit", 30, arguments=reader)
    yield Entry(
        Menu.ACCOUNT,
        tk._("Administration"),
        "admin.index",
        40,
        visible=lambda: getattr(tk.current_user, "sysadmin", False),
    )
    yield Entry(Menu.DESK, tk._("Settings"), "user.edit", 20, arguments=reader)
