"""Whether what is told, and what is followed, is there for everybody at this moment."""

from __future__ import annotations

from ckanext.gpo.common.notices.kinds import Facts

from .interface import subject_kinds
from .kinds import News, NewsKind, Profile, Subject, Topic


def find_profile(subject: Subject, english: bool = False) -> Profile | None:
    """What everybody may know of a subject; None if it is not (or no longer) public."""
    kind = subject_kinds().get(subject.kind)
    return kind.find(subject.key, english) if kind else None


def is_tellable(news: News) -> bool:
    """Whether news may be told now.

    Asked when it is made, and again when it is told: of what was withdrawn or made
    private in between, only the withdrawal is told.
    """
    return is_current(news.kind, news.subject, news.facts)


def is_current(kind: NewsKind, subject: Subject, facts: Facts) -> bool:
    """As `is_tellable`, of the parts of news: its kind, the thing itself, its facts."""
    return kind.topic is Topic.WITHDRAWN or all(
        find_profile(each) is not None for each in (subject, *kind.depends_on(facts))
    )
