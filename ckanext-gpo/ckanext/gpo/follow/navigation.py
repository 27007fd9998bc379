"""The entries of follows, and where its pages belong."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.feeds import FORMS
from ckanext.gpo.common.web.navigation import Entry, Menu

SECTIONS = {"gpo_follow.index": "mine"}


def entries() -> Iterator[Entry]:
    for form in FORMS:
        news = {"form": form}
        yield Entry(Menu.FEEDS, tk._("All news"), "gpo_follow.news", 5, arguments=news)
    if not tk.current_user.is_anonymous:
        for menu in (Menu.ACCOUNT, Menu.DESK):
            yield Entry(menu, tk._("What I follow"), "gpo_follow.index", 6)
