"""The count of what was compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from .agreement import Verdicts


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
