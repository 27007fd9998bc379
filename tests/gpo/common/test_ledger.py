"""The ledger: recorded with the change, never rewritten, and broken nowhere unseen."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common import ledger
from ckanext.gpo.common.actors import Actor, Post
from ckanext.gpo.common.cli import gpo_ledger
from ckanext.gpo.common.ledger import Event, chain

from ..test_statements import counted

pytestmark = pytest.mark.usefixtures("clean_db")

CLERK = Actor("clerk", Post.EDITOR)


def _record(subject: str = "s", **changes: Any) -> Event:
    words = {"room": "probe", "kind": "probe", "what": "seen", "actor": CLERK} | changes
    return ledger.record(subject=subject, **words)


def _recorded(*subjects: str) -> None:
    for subject in subjects:
        _record(subject)
    model.Session.commit()


def _id(subject: str) -> int:
    (event,) = ledger.events(subject=subject)
    return event.id


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """A connection whose transaction is given up in the end."""
    with model.meta.engine.connect() as connection:
        yield connection
        connection.rollback()


def _verdict() -> chain.Verdict:
    with model.meta.engine.connect() as connection:
        return chain.verify(connection)


def _force(connection: sa.Connection, statement: str) -> None:
    """What nobody may do, done as who owns the tables and takes the rules away first."""
    model.Session.rollback()  # it has read the tables that are locked now
    for table in ("gpo_common_event", "gpo_common_event_link"):
        connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    connection.execute(sa.text(statement))


def test_an_event_is_kept_with_the_change_it_tells_of_or_not_at_all():
    before = _verdict()
    _record()
    model.Session.rollback()
    assert _verdict() == before

    _recorded("s")

    assert _verdict().events == before.events + 1
    assert _verdict().first_break is None


def test_writers_do_not_wait_for_each_others_transactions():
    event = sa.insert(Event).values(
        room="probe",
        kind="probe",
        subject="s",
        what="seen",
        account="a",
        post="editor",
        reason="",
        facts={},
        created=datetime.now(timezone.utc),
    )
    engine = model.meta.engine
    with engine.connect() as slow, engine.connect() as quick:
        slow.execute(event)
        quick.execute(sa.text("SET lock_timeout = '2s'"))
        quick.execute(event)
        quick.commit()
        slow.commit()

    assert _verdict().first_break is None


def test_many_writers_at_once_make_one_chain():
    before = _verdict()

    def write(number: int) -> None:
        for _ in range(10):
            _recorded(f"s{number}")
        model.Session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    after = _verdict()
    assert after.events == before.events + 80
    assert after.first_break is None


@pytest.mark.parametrize("table", ["gpo_common_event", "gpo_common_event_link"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {}"])
def test_the_site_changes_and_deletes_nothing(
    connection: sa.Connection, table: str, statement: str
):
    _recorded("s")
    change = "hash = ''" if table.endswith("link") else "reason = 'other'"
    with pytest.raises(sa.exc.IntegrityError, match="only ever added"):
        connection.execute(sa.text(statement.format(table, change)))


BREAKS = {
    "UPDATE gpo_common_event SET reason = 'other' WHERE subject = 'b'": "event-changed",
    "UPDATE gpo_common_event SET created = created + interval '1 microsecond' "
    "WHERE subject = 'b'": "event-changed",
    "UPDATE gpo_common_event SET facts = '{\"a\": 1}' WHERE subject = 'b'": (
        "event-changed"
    ),
    "DELETE FROM gpo_common_event WHERE subject = 'b'": "event-missing",
    "UPDATE gpo_common_event_link SET hash = '0' WHERE event_id = "
    "(SELECT id FROM gpo_common_event WHERE subject = 'b')": "event-changed",
}


@pytest.mark.parametrize(("statement", "code"), BREAKS.items())
def test_the_first_broken_link_is_named(
    connection: sa.Connection, statement: str, code: str
):
    _recorded("a", "b", "c")
    second = _id("b")

    _force(connection, statement)

    broken = chain.verify(connection).first_break
    assert broken
    assert (broken.code, broken.event_id) == (code, second)


def test_an_event_and_its_link_taken_out_together_leave_a_gap(
    connection: sa.Connection,
):
    _recorded("a", "b", "c")
    second = _id("b")

    _force(
        connection,
        f"DELETE FROM gpo_common_event_link WHERE event_id = {second}; "
        f"DELETE FROM gpo_common_event WHERE id = {second}",
    )

    broken = chain.verify(connection).first_break
    assert broken
    assert broken.code == "link-missing"


def test_an_event_slipped_in_is_in_no_link(connection: sa.Connection):
    _recorded("a", "b")

    _force(
        connection,
        "INSERT INTO gpo_common_event (room, kind, subject, what, account, post, "
        "reason, facts, created) VALUES ('probe', 'probe', 'x', 'seen', 'a', "
        "'editor', '', '{}', now())",
    )

    broken = chain.verify(connection).first_break
    assert broken
    assert broken.code == "event-unlinked"


def test_an_end_cut_off_shows_by_the_head_that_was_kept(connection: sa.Connection):
    _recorded("a", "b")
    head = chain.verify(connection).head
    assert chain.verify(connection, head).first_break is None
    last = _id("b")

    _force(
        connection,
        f"DELETE FROM gpo_common_event_link WHERE event_id = {last}; "
        f"DELETE FROM gpo_common_event WHERE id = {last}",
    )

    assert chain.verify(connection).first_break is None
    broken = chain.verify(connection, head).first_break
    assert broken
    assert broken.code == "link-missing"


def test_a_day_is_a_segment_that_goes_on_from_the_one_before(
    connection: sa.Connection,
):
    _recorded("a", "b")
    today = connection.scalar(sa.text("SELECT max(segment) FROM gpo_common_event_link"))
    contents = connection.execute(chain.LINKS).all()
    _force(connection, "DELETE FROM gpo_common_event_link")
    head = ""
    for place, link in enumerate(contents, start=1):
        yesterday = today - timedelta(days=1)
        head = chain.link_hash(head, yesterday, place, link.content)
        connection.execute(
            sa.text("INSERT INTO gpo_common_event_link VALUES (:day, :place, :id, :h)"),
            {"day": yesterday, "place": place, "id": link.event_id, "h": head},
        )

    connection.execute(
        sa.text(
            "ALTER TABLE gpo_common_event ENABLE TRIGGER USER; "
            "SET CONSTRAINTS ALL IMMEDIATE; "
            "INSERT INTO gpo_common_event (room, kind, subject, what, account, post, "
            "reason, facts, created) VALUES ('probe', 'probe', 'x', 'seen', 'a', "
            "'editor', '', '{}', now())"
        )
    )

    verdict = chain.verify(connection)
    assert verdict.first_break is None
    assert (verdict.events, verdict.segments) == (len(contents) + 1, 2)


def test_the_command_says_where_and_ends_with_one():
    runner = CliRunner()
    _recorded("a", "b")
    whole = runner.invoke(gpo_ledger, ["verify"])
    assert whole.exit_code == 0
    assert _verdict().head in whole.output
    first = _id("a")

    with model.meta.engine.begin() as connection:
        _force(connection, "UPDATE gpo_common_event SET what = 'x' WHERE subject = 'a'")
    try:
        broken = runner.invoke(gpo_ledger, ["verify"])
    finally:
        with model.meta.engine.begin() as connection:
            for table in ("gpo_common_event", "gpo_common_event_link"):
                connection.execute(
                    sa.text(
                        f"ALTER TABLE {table} ENABLE TRIGGER USER; TRUNCATE {table}"
                    )
                )

    assert broken.exit_code == 1
    assert f"event-changed: event {first}" in broken.output


class TestEventList:
    def test_events_are_found_by_each_of_their_marks(self):
        moment = datetime.now(timezone.utc)
        _record("a", parent="p")
        _record("b", room="other", kind="thing", actor=Actor.system("gate"))
        model.Session.commit()

        def subjects(**criteria: Any) -> list[str]:
            listed = call_action("gpo_common_event_list", **criteria)
            return [e["subject"] for e in listed if e["subject"] in ("a", "b")]

        assert subjects() == ["a", "b"]
        assert subjects(room="other") == ["b"]
        assert subjects(kind="thing") == ["b"]
        assert subjects(subject="a") == ["a"]
        assert subjects(parent="p") == ["a"]
        assert subjects(account="gate") == ["b"]
        assert subjects(post="editor") == ["a"]
        assert subjects(since=moment.isoformat()) == ["a", "b"]
        later = (moment + timedelta(hours=1)).isoformat()
        assert subjects(since=later) == []
        assert subjects(until=moment.isoformat()) == []
        (first,) = ledger.events(subject="a")
        assert subjects(after_id=first.id) == ["b"]
        assert subjects(after_id=first.id - 1, limit=1) == ["a"]

    def test_statements_do_not_grow_with_the_events(self):
        with counted() as few:
            call_action("gpo_common_event_list", limit=1000)
        _recorded(*map(str, range(990)))
        with counted() as many:
            call_action("gpo_common_event_list", limit=1000)

        assert many.total() == few.total()

    def test_a_moment_that_is_none_is_refused(self):
        with pytest.raises(tk.ValidationError) as refusal:
            call_action("gpo_common_event_list", since="gestern")
        assert set(refusal.value.error_dict) == {"since"}

    def test_only_who_runs_the_site_reads_them(self):
        for user in (None, factories.User()["name"]):
            with pytest.raises(tk.NotAuthorized):
                call_action(
                    "gpo_common_event_list", {"user": user, "ignore_auth": False}
                )
