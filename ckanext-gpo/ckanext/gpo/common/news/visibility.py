"""Whether what is told, and what is followed, is there for everybody at this moment."""

from __future__ import annotations

from .interface import subject_kinds
from .kinds import News, Profile, Subject, Topic


def find_profile(subject: Subject, english: bool = False) -> Profile | None:
    """What everybody may know of a subject; None if it is not (or no longer) public."""
    kind = subject_kinds().get(subject.kind)
    return kind.find(subject.key, english) if kind else None


def is_tellable(news: News) -> bool:
    """Whether news may be told now.

    Asked when it is made, and again when it is told: of what was withdrawn or made
    private in between, only the withdrawal is told.
    """
    return news.topic is Topic.WITHDRAWN or find_profile(news.subject) is not None
