"""Asks addresses that somebody has written, and lets nobody reach by that what is not public.

In: a link. Its host is resolved once, every address that comes back must be public, and the
connection goes to that very address; so a name that means something else a moment later
changes nothing. A redirect is an answer: whoever follows one asks anew.

Out: the answer, or a `LinkError` whose code says why there is none.
"""

from __future__ import annotations

from .asking import ask
from .guard import LinkError, is_public_address
from .target import Target

__all__ = ["LinkError", "Target", "ask", "is_public_address"]
