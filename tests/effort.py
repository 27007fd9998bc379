"""How much is tried: every case once with each change, many more times over a night."""

from __future__ import annotations

import os

NIGHTLY = "GPO_TEST_NIGHTLY" in os.environ
"""Whether the checks run as `bin/test --nightly`."""


def times(everyday: int, *, nightly: int) -> int:
    """How often a test repeats itself: examples of a property, kills at random."""
    return nightly if NIGHTLY else everyday
