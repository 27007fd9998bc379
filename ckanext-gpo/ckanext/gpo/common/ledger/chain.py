"""The chain of the ledger, recomputed: where it was broken, if it was.

The database makes the links (migration `gpo_common`); this computes them anew in Python,
so that a changed function in the database hides nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

BATCH = 10_000
"""Links held in memory at a time."""

LINKS = sa.text("""
    SELECT link.segment, link.position, link.event_id, link.hash,
        event.id AS found, jsonb_build_array(
            event.id, event.room, event.kind, event.subject, event.parent, event.what,
            event.from_state, event.account, event.post, event.reason, event.facts,
            extract(epoch FROM event.created)
        )::text AS content
    FROM gpo_common_event_link AS link
    LEFT JOIN gpo_common_event AS event ON event.id = link.event_id
    ORDER BY link.segment, link.position
""")

_UNLINKED = sa.text("""
    SELECT event.id FROM gpo_common_event AS event
    LEFT JOIN gpo_common_event_link AS link ON link.event_id = event.id
    WHERE link.event_id IS NULL ORDER BY event.id LIMIT 1
""")


@dataclass(frozen=True)
class Break:
    """The first place where the ledger is not what was written.

    `code` is `link-missing`, `event-missing`, `event-changed` or `event-unlinked`;
    `segment` and `position` are None for an event that no link holds.
    """

    code: str
    event_id: int
    segment: date | None = None
    position: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What a verification found.

    `head` is the hash of the last link: kept elsewhere, it shows later whether the end of
    the ledger was cut off.
    """

    events: int
    segments: int
    head: str
    first_break: Break | None


def verify(connection: sa.Connection, known_head: str = "") -> Verdict:
    """Recompute the whole chain.

    :param known_head: the head of an earlier verification; the chain must still hold it
    """
    count, segments, head, segment, position = 0, 0, "", None, 0
    head_met = not known_head
    for link in _links(connection):
        position = 1 if link.segment != segment else position + 1
        segments += link.segment != segment
        segment = link.segment
        if fault := _fault(link, position, head):
            broken = Break(fault, link.event_id, link.segment, link.position)
            return Verdict(count, segments, head, broken)
        head, count = link.hash, count + 1
        head_met = head_met or head == known_head
    unlinked = connection.scalar(_UNLINKED)
    if unlinked is not None:
        return Verdict(count, segments, head, Break("event-unlinked", unlinked))
    if not head_met:
        last = Break("link-missing", 0, segment, position + 1)
        return Verdict(count, segments, head, last)
    return Verdict(count, segments, head, None)


def link_hash(previous: str, segment: date, position: int, content: str) -> str:
    """The hash of a link: SHA-256 over the one before, its place, and the event's JSON."""
    text = f"{previous}\n{segment}\n{position}\n{content}"
    return hashlib.sha256(text.encode()).hexdigest()


def _links(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    yield from connection.execute(LINKS, execution_options={"yield_per": BATCH})


def _fault(link: sa.Row[Any], position: int, previous: str) -> str:
    if link.position != position:
        return "link-missing"
    if link.found is None:
        return "event-missing"
    expected = link_hash(previous, link.segment, link.position, link.content)
    return "" if link.hash == expected else "event-changed"
