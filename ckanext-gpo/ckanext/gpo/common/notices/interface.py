"""How a room declares the kinds of notices that it sends."""

from __future__ import annotations

from collections.abc import Iterable

import ckan.plugins as p

from .kinds import Kind


class INotices(p.Interface):
    """A plugin that sends notices."""

    def notice_kinds(self) -> Iterable[Kind]:
        """The kinds that this plugin sends."""
        return ()


def find_kind(name: str) -> Kind | None:
    """The kind of that name, if a plugin that is loaded has it."""
    for plugin in p.PluginImplementations(INotices):
        for kind in plugin.notice_kinds():
            if kind.name == name:
                return kind
    return None
