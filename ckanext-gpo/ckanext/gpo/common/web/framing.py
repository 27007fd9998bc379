"""Pages that sites of others may show in a frame.

Whoever answers with such a page says so here; the portal, which sets the security headers
of all answers, asks.
"""

from __future__ import annotations

from flask import g, has_app_context


def allow_framing() -> None:
    """Let any site show the answer to this request in a frame."""
    g.gpo_framing_allowed = True


def is_framing_allowed() -> bool:
    return has_app_context() and bool(g.get("gpo_framing_allowed"))
