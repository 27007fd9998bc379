"""How rooms say what is news, and how they read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import ckan.plugins as p

from ckanext.gpo.common.ledger import Event

from .kinds import News, NewsKind, Subject, SubjectKind


def no_news(event: Event) -> Iterable[News]:
    """No event is news."""
    del event
    return ()


@dataclass(frozen=True)
class NewsSource:
    """What can be followed in a room, and what is told of it.

    :param subject_kinds: the kinds of subjects that the room knows
    :param news_kinds: the kinds of news that the room has the words for
    :param news_from: the news that an event of the ledger tells. Called by a background
        job some time after the commit of the event: what it speaks of may have changed
    """

    subject_kinds: Sequence[SubjectKind] = ()
    news_kinds: Sequence[NewsKind] = ()
    news_from: Callable[[Event], Iterable[News]] = no_news


class INewsSource(p.Interface):
    """A plugin whose things can be followed."""

    def news_source(self) -> NewsSource:
        """What can be followed, and what is told of it."""
        return NewsSource()


class INewsReader(p.Interface):
    """A plugin that passes news on."""

    def read_news(self, news: Sequence[News]) -> None:
        """Take in what one event told, in the session's transaction.

        Called once for each event whose transaction was committed. What raises is called
        again, so nothing else than the session may have been changed by then.
        """


def sources() -> Iterator[NewsSource]:
    """All that the loaded plugins declare."""
    for plugin in p.PluginImplementations(INewsSource):
        yield plugin.news_source()


def subject_kinds() -> dict[str, SubjectKind]:
    """All kinds of subjects that can be followed, by name."""
    return {kind.name: kind for source in sources() for kind in source.subject_kinds}


def news_kinds() -> dict[str, NewsKind]:
    """All kinds of news, by name."""
    return {kind.name: kind for source in sources() for kind in source.news_kinds}


def parents(subject: Subject) -> Iterable[Subject]:
    """What a subject belongs to."""
    kind = subject_kinds().get(subject.kind)
    return kind.parents(subject.key) if kind else ()
