"""How often programs may call: what one address may, and what an account may with a key.

In: each request for the API, for rows or for a file, before anything is done for it.
Out: nothing, or a refusal (429) that says when to come again; and in every answer the
`RateLimit` and `RateLimit-Policy` of the IETF's draft.
"""

from __future__ import annotations

from .admission import admit, announce

__all__ = ["admit", "announce"]
