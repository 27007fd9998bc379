"""How often hypothesis tries, and the count of what was compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from .agreement import Verdicts

_QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}

# Where the environment says CI, hypothesis takes "ci" in place of "default".
for everyday in ("default", "ci"):
    settings.register_profile(everyday, max_examples=300, **_QUIET)
settings.register_profile("nightly", max_examples=20_000, **_QUIET)


@pytest.fixture
def agreed(tally: Callable[[str], Counter[str]]) -> Callable[[Verdicts], None]:
    """Assert that both ways agree, and count the case."""
    counts = tally("agreement with Frictionless")

    def check(verdicts: Verdicts) -> None:
        assert verdicts.agree, verdicts.difference
        counts["tables"] += 1
        counts["rows"] += verdicts.judged.rows
        counts["errors"] += verdicts.ours.total()
        counts[f"way: {verdicts.judged.slow or 'fast'}"] += 1

    return check
