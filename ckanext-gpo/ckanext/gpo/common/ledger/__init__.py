"""The ledger: what happened, to what, by whom, when and why. Append-only, chained by hash.

In: `record` adds an event to the session, so it is committed with the change it tells of
or not at all. The database chains it when that transaction commits: each link holds the
SHA-256 of the event and of the link before it, in segments of one day in China. Nobody
waits for another's transaction, only for the commit itself.

Out: `events` finds them by room, subject, parent, actor, post and time, in the order in
which they were recorded; `events_after` reads on in the order of their commits.
`chain.verify` recomputes every link and names the first that
is broken.

No personal data: an event names accounts of staff, ids and codes; what an applicant wrote
stays in the room that guards it. The site's role may neither change nor delete an event.
"""

from __future__ import annotations

from . import chain
from .events import Event, events, record, select
from .listeners import is_changed, listen
from .order import Place, events_after, has_events_after

__all__ = [
    "Event",
    "Place",
    "chain",
    "events",
    "events_after",
    "has_events_after",
    "is_changed",
    "listen",
    "record",
    "select",
]
