"""Asks whether a link answers, and lets nobody use that to reach what is not public.

In: an address that somebody has written. Its host is resolved once, every address that
comes back must be public, and the connection goes to that very address; so a name that
means something else a moment later changes nothing. Each redirect is a new question.

Out: nothing, if it answers, or a `LinkError` whose code says why it does not; and from one
question to the next, what is to be told of a link (`follow`).
"""

from .guard import LinkError, is_public_address
from .health import CHECKED_EVERY, RETRIED_EVERY, Change, Health, Rule, follow
from .probe import probe

__all__ = [
    "CHECKED_EVERY",
    "RETRIED_EVERY",
    "Change",
    "Health",
    "LinkError",
    "Rule",
    "follow",
    "is_public_address",
    "probe",
]
