"""What can be followed, and what is told of it: subjects, topics, news. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, Protocol
from uuid import UUID, uuid5

from ckanext.gpo.common.notices.kinds import Facts, Link, Writer
from ckanext.gpo.common.types import Translate

_NAMESPACE = UUID("0a1d6c0e-51a4-4f4b-8a3e-6f3d1b7c9e55")


class Subject(NamedTuple):
    """Something that can be followed.

    :param kind: `SubjectKind.name`: dataset, domain, department, item, …
    :param key: what names it for good: id of a package or organization, name of a domain
    """

    kind: str
    key: str


DISCLOSURES = ("dataset", "item")
"""Kinds of subjects whose news everybody is told; all others belong to who follows them."""


class Topic(str, Enum):
    """What has happened, for who reads news without reading their words."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    SHAPE_COMING = "shape-coming"
    """A version that has passed waits to be published, and its table has other columns."""
    SHAPE = "shape"
    """Published with another table schema than the version before."""
    CHANGED = "changed"
    """Rows that bear the code were added, changed or removed."""
    ANSWERED = "answered"


@dataclass(frozen=True)
class Profile:
    """What everybody may know of a subject: what it is called, and its page."""

    title: str
    link: Link


def no_parents(key: str) -> Iterable[Subject]:
    """Belongs to nothing that can be followed."""
    del key
    return ()


@dataclass(frozen=True)
class SubjectKind:
    """One kind of what can be followed.

    :param label: what one of them is called
    :param find: key, whether it is read in English → its profile; None for what not
        everybody may see now
    :param parents: key → what it belongs to: who follows that is told of this too
    """

    name: str
    label: Callable[[Translate], str]
    find: Callable[[str, bool], Profile | None]
    parents: Callable[[str], Iterable[Subject]] = no_parents


def nothing_else(facts: Facts) -> Iterable[Subject]:
    """What is told speaks of its subject only."""
    del facts
    return ()


@dataclass(frozen=True)
class NewsKind:
    """One kind of news and its words.

    :param name: `<room>.<what>`, never changed once news of it are there
    :param depends_on: what else the words speak of: they are told while all of it is public
    """

    name: str
    topic: Topic
    write: Writer
    depends_on: Callable[[Facts], Iterable[Subject]] = nothing_else


class _Event(Protocol):
    @property
    def id(self) -> Any: ...
    @property
    def created(self) -> Any: ...


@dataclass(frozen=True)
class News:
    """Something that has happened to what is public.

    :param reference: names it for good: what was told under it is not told again
    :param subjects: the thing itself first, then all that it belongs to
    :param facts: what `kind.write` needs, as JSON; public, and no personal data
    """

    reference: str
    kind: NewsKind
    subjects: tuple[Subject, ...]
    facts: Mapping[str, Any]
    created: datetime

    @property
    def id(self) -> UUID:
        """Names it for good in feeds and messages, whoever tells it."""
        return uuid5(_NAMESPACE, self.reference)

    @property
    def topic(self) -> Topic:
        return self.kind.topic

    @property
    def subject(self) -> Subject:
        """The thing itself."""
        return self.subjects[0]

    @classmethod
    def from_event(
        cls, event: _Event, kind: NewsKind, subject: Subject, facts: Mapping[str, Any]
    ) -> News:
        """What an event of the ledger tells; there is one of each kind and subject."""
        reference = f"event/{event.id}/{kind.name}/{subject.kind}/{subject.key}"
        return cls(reference, kind, (subject,), facts, event.created)
