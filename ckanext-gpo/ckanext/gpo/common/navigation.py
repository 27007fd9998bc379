"""The entries of what belongs to no room: notices and mails."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from .notices.model import count_unread
from .web.navigation import Entry, Menu, may

SECTIONS = {"gpo_notices": "mine"}


def entries() -> Iterator[Entry]:
    if tk.current_user.is_anonymous:
        return
    for menu in (Menu.ACCOUNT, Menu.DESK):
        yield Entry(menu, tk._("Notices"), "gpo_notices.index", 5, count=_unread)
    yield Entry(
        Menu.DESK,
        tk._("Unsent mails"),
        "gpo_notices.mails",
        90,
        visible=may("gpo_common_mail_list"),
    )


def _unread() -> int:
    return count_unread(tk.current_user.id)
