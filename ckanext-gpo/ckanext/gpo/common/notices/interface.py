"""How a room declares the kinds of notices that it sends, and whom it knows to write to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import ckan.plugins as p

from .kinds import Kind


@dataclass(frozen=True)
class Correspondent:
    """Somebody to whom a mail goes now.

    :param name: empty where none is known
    :param settings: full address of the page on which they choose what is mailed
    """

    name: str
    address: str
    settings: str


class INotices(p.Interface):
    """A plugin that sends notices."""

    def notice_kinds(self) -> Iterable[Kind]:
        """The kinds that this plugin sends."""
        return ()


class ICorrespondents(p.Interface):
    """A plugin that knows people without an account who have asked for mails."""

    def find_correspondents(self, ids: Collection[str]) -> Mapping[str, Correspondent]:
        """Who has these ids; without those that nobody has, or who want no mails any more."""
        return {}


def find_correspondents(ids: Collection[str]) -> dict[str, Correspondent]:
    """Who has these ids without having an account, as far as plugins that are loaded know."""
    people: dict[str, Correspondent] = {}
    if ids:
        for plugin in p.PluginImplementations(ICorrespondents):
            people.update(plugin.find_correspondents(ids))
    return people


def find_kind(name: str) -> Kind | None:
    """The kind of that name, if a plugin that is loaded has it."""
    for plugin in p.PluginImplementations(INotices):
        for kind in plugin.notice_kinds():
            if kind.name == name:
                return kind
    return None
