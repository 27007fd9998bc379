"""How often programs may call, and how much at once: one address, or an account with a key.

In: each request for an address that is limited (`common/web/limited`), before anything is
done for it; and each export before its first row is read.

Out: nothing, or a refusal (429) that says when to come again; in every answer the `RateLimit`
and `RateLimit-Policy` of the IETF's draft; and the place of an export, to be released at its
end.
"""

from __future__ import annotations

from .admission import admit, announce
from .exporting import begin_export

__all__ = ["admit", "announce", "begin_export"]
