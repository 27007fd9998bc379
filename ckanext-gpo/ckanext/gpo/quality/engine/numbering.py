"""Numbers of records in a table, of which a file holds only some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

FIRST_ROW = 2
"""The number of the first row after the header."""


def gaps(records: Iterable[int]) -> NDArray[np.int64]:
    """For each record that is missing from a file: the record that follows the gap."""
    missing = np.array(sorted(records), dtype=np.int64)
    return missing - np.arange(len(missing))


def shifted(
    records: Iterable[int], gaps: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """Records of a file, each with how many are missing from the file before it."""
    listed = np.fromiter(records, dtype=np.int64)
    offsets = np.searchsorted(gaps, listed, side="right")
    return zip(listed.tolist(), offsets.tolist(), strict=True)
