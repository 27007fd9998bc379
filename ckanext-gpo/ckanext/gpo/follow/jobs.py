"""What is looked after for follows while workers idle."""

from __future__ import annotations

from .model import erase_expired, now


def sweep() -> None:
    """Erase addresses that nobody has confirmed, and follows of closed accounts."""
    erase_expired(now())
