"""How a link fares from one question to the next: when it is dead, and hidden. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

CHECKED_EVERY: Final = timedelta(days=1)
"""How often a link is asked that answered last."""

RETRIED_EVERY: Final = timedelta(hours=1)
"""How often a link is asked that did not, so that what comes back is seen soon."""


class Change(str, Enum):
    """What readers and the builder are told of."""

    NONE = "none"
    DEAD = "dead"
    HIDDEN = "hidden"
    BACK = "back"


@dataclass(frozen=True)
class Health:
    """`failing` is since when the link does not answer, None while it does."""

    failing: datetime | None
    is_hidden: bool


@dataclass(frozen=True)
class Rule:
    """After how long a link counts as dead, and after how long its app is hidden."""

    warning: timedelta
    hiding: timedelta


def follow(
    health: Health, *, answers: bool, last: datetime | None, now: datetime, rule: Rule
) -> tuple[Health, Change]:
    """What becomes of a link that was asked now.

    An app is hidden only after its builder was told: never at the same question.

    :param last: when it was asked before
    """
    if answers:
        was_told = health.failing is not None and _is_over(
            health.failing, rule.warning, last
        )
        back = Change.BACK if was_told or health.is_hidden else Change.NONE
        return Health(None, is_hidden=False), back
    failing = health.failing or now
    was_dead = _is_over(failing, rule.warning, last)
    if was_dead and not health.is_hidden and _is_over(failing, rule.hiding, now):
        return Health(failing, is_hidden=True), Change.HIDDEN
    is_dead = _is_over(failing, rule.warning, now) and not was_dead
    return Health(failing, health.is_hidden), Change.DEAD if is_dead else Change.NONE


def _is_over(failing: datetime, delay: timedelta, moment: datetime | None) -> bool:
    return moment is not None and moment - failing >= delay
