"""How a room declares the kinds of notices that it sends, and whom it knows to write to."""

from __future__ import annotations

from collections.abc import Iterable
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

    def find_correspondent(self, id_: str) -> Correspondent | None:
        """Who has this id; None if nobody has, or wants mails no longer."""
        return None


def find_correspondent(id_: str) -> Correspondent | None:
    """Who has this id without having an account, if a plugin that is loaded knows."""
    for plugin in p.PluginImplementations(ICorrespondents):
        if person := plugin.find_correspondent(id_):
            return person
    return None


def find_kind(name: str) -> Kind | None:
    """The kind of that name, if a plugin that is loaded has it."""
    for plugin in p.PluginImplementations(INotices):
        for kind in plugin.notice_kinds():
            if kind.name == name:
                return kind
    return None
