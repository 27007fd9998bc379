"""How soon a follower is told. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.gpo.common.notices.schedule import Pace

SITE = "site"
"""On the page of notices only, by no mail; for accounts."""

MAIL_PACES = tuple(pace.value for pace in Pace)

PACES = (*MAIL_PACES, SITE)
"""From the soonest."""


def soonest(paces: Iterable[str]) -> str:
    """The pace of somebody who follows several of the subjects of one piece of news."""
    return min(paces, key=PACES.index)


def mail_pace(pace: str) -> Pace | None:
    """How soon by mail; None for no mail."""
    return None if pace == SITE else Pace(pace)
