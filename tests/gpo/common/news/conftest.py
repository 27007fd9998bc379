"""A room whose events are news, a reader of news, and the walk between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from ckan import model

from ckanext.gpo.common import ledger
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.news import (
    News,
    NewsKind,
    NewsSource,
    Profile,
    Subject,
    SubjectKind,
    Topic,
    interface,
    walk,
)
from ckanext.gpo.common.notices import Link, Message


def _write(facts: Any, english: bool, _: Any) -> Message:
    title = f"{'News' if english else '新消息'}：{facts['text']}"
    return Message(title, [facts["text"]], Link("home.about"), "link")


SEEN = NewsKind("probe.seen", Topic.PUBLISHED, _write)
GONE = NewsKind("probe.gone", Topic.WITHDRAWN, _write)


class Room:
    """A room of one kind of thing; `hidden` are those that not everybody may see."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()

    def source(self) -> NewsSource:
        box = SubjectKind("box", lambda _: "box", lambda key, english: None)
        thing = SubjectKind("thing", lambda _: "thing", self._find, self._parents)
        return NewsSource([thing, box], [SEEN, GONE], self._news)

    def _find(self, key: str, english: bool) -> Profile | None:
        return None if key in self.hidden else Profile(key, Link("home.about"))

    def _parents(self, key: str) -> list[Subject]:
        return [Subject("box", "all")]

    def _news(self, event: Event) -> Iterator[News]:
        if event.room == "probe":
            kind = GONE if event.what == "gone" else SEEN
            facts = {"text": event.subject}
            yield News.from_event(event, kind, Subject("thing", event.subject), facts)


class Reader:
    """Keeps what it is told, and fails as often as it is asked to."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.failures = 0

    def read_news(self, news: Sequence[News]) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the reader is away")
        self.news += news

    @property
    def texts(self) -> list[str]:
        return [each.facts["text"] for each in self.news]


@pytest.fixture
def room(clean_db: None, monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room()
    monkeypatch.setattr(interface, "sources", lambda: [room.source()])
    monkeypatch.setattr(walk, "sources", lambda: [room.source()])
    return room


@pytest.fixture
def reader(room: Room, monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    monkeypatch.setattr(walk.p, "PluginImplementations", lambda interface: [reader])
    return reader


def happen(*subjects: str, what: str = "seen") -> None:
    """Events of the room, committed."""
    for subject in subjects:
        ledger.record("probe", "thing", subject, what, Actor.system("probe"))
    model.Session.commit()
