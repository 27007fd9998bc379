"""What a background worker does for the search."""

from __future__ import annotations

import logging

from .adapter import embedded
from .errors import BusyError
from .upkeep import Progress, rebuild

log = logging.getLogger(__name__)


def fill_index() -> None:
    """Build an index that nobody has filled; nothing if somebody has."""
    if not embedded().engine.index.unfilled:
        return
    try:
        failures = rebuild(Progress(log.info), force=True)
    except BusyError:
        log.info("Another process fills the search index")
        return
    for dataset_id, reason in failures.items():
        log.error("Dataset %s is not in the search index: %s", dataset_id, reason)
