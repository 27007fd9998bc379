"""A service that is away is told of once, not with every request that misses it."""

from __future__ import annotations

import logging


class Outage:
    """Whether something that the site can do without is away, as this process knows.

    :param message: what readers notice of it; the error follows
    """

    def __init__(self, log: logging.Logger, message: str) -> None:
        self._log = log
        self._message = message
        self._is_on = False

    def begin(self, error: Exception) -> None:
        """It did not answer."""
        if not self._is_on:
            self._log.warning("%s: %s", self._message, error)
        self._is_on = True

    def end(self) -> None:
        """It answered."""
        self._is_on = False
