"""Validators of what the actions of the gate take."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

SHORTEST_REASON = 10


def gpo_quality_reason(value: Any) -> Any:
    """A reason that tells the public something: not a word, a sentence."""
    if len(value) < SHORTEST_REASON:
        message = tk._("Give the reason in at least {count} characters")
        raise tk.Invalid(message.format(count=SHORTEST_REASON))
    return value
