"""The ledger is read on from where reading stopped: each event once, in commit order."""

from __future__ import annotations

import pytest

from ckan import model

from ckanext.gpo.common import ledger
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.locks import ProcessLock
from ckanext.gpo.common.news import Subject, store, walk

from .conftest import Reader, Room, happen


def _walk() -> int:
    return walk.walk(10)


def test_each_event_is_told_once_in_its_order(reader: Reader):
    happen("a", "b")
    assert _walk() == 2
    assert _walk() == 0
    happen("c")
    _walk()

    assert reader.texts == ["a", "b", "c"]


def test_an_event_that_is_committed_late_is_not_missed(reader: Reader):
    engine = model.ensure_engine()
    with engine.connect() as slow:
        ledger.record(
            "probe", "thing", "slow", "seen", Actor.system("probe"), connection=slow
        )
        happen("quick")  # a higher id, committed first
        _walk()
        slow.commit()
    _walk()

    assert [e.subject for e in ledger.events(room="probe")] == ["slow", "quick"]
    assert reader.texts == ["quick", "slow"]


def test_news_tell_what_the_thing_belongs_to(reader: Reader):
    happen("a")
    _walk()

    (news,) = reader.news
    assert news.subjects == (Subject("thing", "a"), Subject("box", "all"))
    assert [n.reference for n in store.latest(Subject("box", "all"), 9)] == [
        news.reference
    ]


def test_what_is_not_public_is_no_news_but_that_it_was_withdrawn(
    room: Room, reader: Reader
):
    room.hidden = {"secret", "gone"}
    happen("secret", "open")
    happen("gone", what="gone")
    _walk()

    assert reader.texts == ["open", "gone"]
    assert not store.latest(Subject("thing", "secret"), 9)


def test_nothing_is_lost_when_a_reader_fails(reader: Reader):
    happen("a", "b")
    reader.failures = walk.ATTEMPTS - 1
    for _ in range(walk.ATTEMPTS - 1):
        with pytest.raises(RuntimeError):
            _walk()
    assert not store.latest(Subject("box", "all"), 9)
    _walk()

    assert reader.texts == ["a", "b"]


def test_an_event_that_always_fails_keeps_no_other_from_being_told(reader: Reader):
    happen("poison", "b")
    reader.failures = walk.ATTEMPTS
    for _ in range(walk.ATTEMPTS - 1):
        with pytest.raises(RuntimeError):
            _walk()
    _walk()

    assert reader.texts == ["b"]


def test_one_process_reads_at_a_time(reader: Reader):
    happen("a")
    other = ProcessLock("news", "ledger")
    assert other.acquire()
    assert _walk() == 0
    other.release()

    assert _walk() == 1


def test_a_reference_is_told_once_though_the_position_was_lost(reader: Reader):
    happen("a")
    _walk()
    model.Session.execute(walk.Position.__table__.delete())
    model.Session.commit()
    assert _walk() == 1

    assert reader.texts == ["a"]


def test_latest_news_are_bounded_and_begin_with_the_newest(reader: Reader):
    happen(*"abcde")
    _walk()

    latest = store.latest(Subject("box", "all"), 3)
    assert [news.facts["text"] for news in latest] == ["e", "d", "c"]


def test_events_of_other_rooms_are_passed_by(reader: Reader):
    ledger.record("other", "thing", "x", "seen", Actor.system("other"))
    model.Session.commit()

    assert _walk() == 1
    assert not reader.news
    assert model.Session.query(Event).count() == 1
