"""The menus of the site: a room declares its entries, the layout collects and draws them.

A room with pages implements `INavigation` in its plugin. Nothing else lists its pages, so
that a room comes and goes without a change elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk


class Menu(Enum):
    """Where entries are drawn."""

    MAIN = "main"
    """The navigation in the head of every page."""
    SEARCH = "search"
    """Where the search box of every page leads: the first entry counts."""
    ACCOUNT = "account"
    """What opens under the name of a reader who has logged in."""
    DESK = "desk"
    """The buttons at the top of the desk."""
    FOOTER = "footer"
    FEEDS = "feeds"
    """Feeds that every page tells feed readers of."""


def everyone() -> bool:
    """Visible to every reader."""
    return True


def nothing() -> int:
    """Nothing waits."""
    return 0


def may(action: str) -> Callable[[], bool]:
    """Visible to those who may call an action."""
    return lambda: tk.h.check_access(action)


@dataclass(frozen=True)
class Entry:
    """One entry of a menu.

    :param order: the lowest comes first; the rooms leave tens between theirs
    :param name: tells the entries of the main menu apart, for `page_sections`
    :param suggestions: of the search: the action that completes what is being typed
    :param visible: asked on each page whether its reader sees the entry
    :param count: how many things wait there for the reader; drawn where there are any
    """

    menu: Menu
    label: str
    endpoint: str
    order: int
    name: str = ""
    suggestions: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    visible: Callable[[], bool] = everyone
    count: Callable[[], int] = nothing

    @property
    def address(self) -> str:
        return tk.url_for(self.endpoint, **self.arguments)


class INavigation(p.Interface):
    """A plugin that has pages."""

    def menu_entries(self) -> Iterable[Entry]:
        """The entries of this plugin, in the language of the present request."""
        return ()

    def page_sections(self) -> Mapping[str, str]:
        """Endpoint or blueprint → `name` of the main entry that its pages belong to.

        The entry may be another plugin's; of an endpoint and its blueprint, the endpoint
        counts.
        """
        return {}


def entries(menu: Menu) -> list[Entry]:
    """The entries of a menu that the reader of the page sees, in their order."""
    return [entry for entry in _declared()[menu] if entry.visible()]


def _declared() -> Mapping[Menu, list[Entry]]:
    """All entries by their menu, asked of the plugins once for a page."""
    name = f"gpo_menus_{tk.h.lang()}"
    if name not in tk.g:
        menus: defaultdict[Menu, list[Entry]] = defaultdict(list)
        for plugin in p.PluginImplementations(INavigation):
            for entry in plugin.menu_entries():
                menus[entry.menu].append(entry)
        for declared in menus.values():
            declared.sort(key=lambda entry: entry.order)
        setattr(tk.g, name, menus)
    return getattr(tk.g, name)


def section(endpoint: str) -> str:
    """Name of the main entry that the page of an endpoint belongs to; empty for none."""
    sections: dict[str, str] = {}
    for plugin in p.PluginImplementations(INavigation):
        sections |= plugin.page_sections()
    blueprint, _, _ = endpoint.partition(".")
    return sections.get(endpoint) or sections.get(blueprint, "")
