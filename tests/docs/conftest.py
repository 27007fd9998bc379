"""What the tests of docs/ share."""

from __future__ import annotations

from ..gpo.conftest import gate

__all__ = ["gate"]
