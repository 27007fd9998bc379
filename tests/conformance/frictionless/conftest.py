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

_COUNTS: pytest.StashKey[Counter[str]] = pytest.StashKey()


@pytest.fixture
def agreed(request: pytest.FixtureRequest) -> Callable[[Verdicts], None]:
    """Assert that both ways agree, and count the case."""
    counts = request.config.stash.setdefault(_COUNTS, Counter())

    def check(verdicts: Verdicts) -> None:
        assert verdicts.agree, verdicts.difference
        counts["tables"] += 1
        counts["rows"] += verdicts.judged.rows
        counts["errors"] += verdicts.ours.total()
        counts[f"way: {verdicts.judged.slow or 'fast'}"] += 1

    return check


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if counts := config.stash.get(_COUNTS, None):
        told = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        terminalreporter.write_line(f"agreement with Frictionless: {told}")
