"""The entries of the registry, and where its pages belong."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.calls import Example
from ckanext.gpo.common.web.navigation import Entry, Menu, may
from ckanext.gpo.common.web.replacements import Replacement

SECTIONS = {"gpo_apps": "apps", "gpo_apps_builder": "mine", "gpo_apps_review": "mine"}

_PAGE = Replacement("gpo_apps.read", "id")

REPLACED = {
    "app.new": Replacement("gpo_apps_builder.new"),
    "app.edit": Replacement("gpo_apps_builder.edit", "id"),
    "app.delete": _PAGE,
    "app.collaborators_read": _PAGE,
    "app_resource.new": _PAGE,
}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.MAIN, tk._("Apps"), "gpo_apps.index", 30, name="apps")
    yield Entry(Menu.FEEDS, tk._("New apps"), "gpo_apps.feed", 20)
    if tk.current_user.is_anonymous:
        return
    for menu in (Menu.ACCOUNT, Menu.DESK):
        yield Entry(menu, tk._("My apps"), "gpo_apps_builder.index", 15)
    yield Entry(
        Menu.DESK,
        tk._("Apps to review"),
        "gpo_apps_review.index",
        30,
        visible=may("gpo_apps_queue_list"),
        count=_waiting,
    )


def api_examples() -> Iterator[Example]:
    yield Example(tk._("What has been built with the data"), "gpo_apps_app_list")


def _waiting() -> int:
    queue = call_action("gpo_apps_queue_list", limit=0)
    return queue["count"] + queue["open_reports"]
