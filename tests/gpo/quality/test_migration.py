"""A site of before the ledger: its events and overrides go into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from ckanext.gpo.common.ledger import chain

from tests.migrations import empty_schema, revisions, upgrade

STEPS = [
    ("received", None, "clerk", "upload"),
    ("checking", "received", "gate", ""),
    ("rejected", "checking", "gate", "1 errors"),
    ("passed", "rejected", "head", "the original was looked at"),
    ("published", "passed", "site", ""),
]


@pytest.fixture
def connection(non_clean_db: None) -> Iterator[sa.Connection]:
    with empty_schema() as connection:
        yield connection


def _old_version(connection: sa.Connection) -> None:
    """A version that a sysadmin let pass, with its events as they were kept."""
    connection.execute(
        sa.text(
            "INSERT INTO gpo_quality_version (id, package_id, table_ref, number, state, "
            "content_hash, schema_hash, source, origin, actor, created, waiting_for) "
            "VALUES ('v', 'p', 'culture/culture_venues', 3, 'received', 'c', 's', "
            "'upload', '{}', 'clerk', now(), '[]')"
        )
    )
    for place, (to, previous, actor, reason) in enumerate(STEPS):
        connection.execute(
            sa.text("UPDATE gpo_quality_version SET state = :state"), {"state": to}
        )
        connection.execute(
            sa.text(
                "INSERT INTO gpo_quality_event VALUES (:id, 'v', 'p', :previous, :to, "
                ":actor, :reason, now() + :place * interval '1 second')"
            ),
            {
                "id": f"e{len(STEPS) - place}",
                "previous": previous,
                "to": to,
                "actor": actor,
                "reason": reason,
                "place": place,
            },
        )


def test_events_and_overrides_stand_in_the_ledger(connection: sa.Connection):
    first, second, ledger, *later = revisions("gpo_quality")
    upgrade(connection, *revisions("gpo_common"), first, second)
    _old_version(connection)

    upgrade(connection, ledger, *later)

    events = connection.execute(
        sa.text(
            "SELECT what, from_state, account, reason, post, subject, parent, facts "
            "FROM gpo_common_event ORDER BY id"
        )
    ).all()
    assert [tuple(event[:4]) for event in events] == STEPS
    posts = ["account", "system", "system", "sysadmin", "system"]
    assert [event.post for event in events] == posts
    assert {(event.subject, event.parent) for event in events} == {("v", "p")}
    assert events[0].facts == {"number": 3, "table": "culture/culture_venues"}
    verdict = chain.verify(connection)
    assert (verdict.events, verdict.first_break) == (len(STEPS), None)
    assert not sa.inspect(connection).has_table("gpo_quality_event", schema="old")


def test_the_rules_hold_from_then_on(connection: sa.Connection):
    upgrade(connection, *revisions("gpo_common"), *revisions("gpo_quality"))

    with pytest.raises(sa.exc.IntegrityError, match="no way"):
        connection.execute(
            sa.text(
                "INSERT INTO gpo_quality_version (id, package_id, table_ref, number, "
                "state, content_hash, schema_hash, source, origin, actor, created, "
                "waiting_for) VALUES ('v', 'p', 't', 1, 'published', 'c', 's', "
                "'upload', '{}', 'clerk', now(), '[]')"
            )
        )
