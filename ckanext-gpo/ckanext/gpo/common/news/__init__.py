"""News: what happens to public things, for all rooms.

In: a room says what of its own can be followed and which events of the ledger are news
(`INewsSource`), in words of both languages.

Out: a job reads the ledger in the order of its commits and hands the news of each event,
in the job's transaction, to every plugin that reads them (`INewsReader`); feeds find them
by subject (`store.latest`). Each event is read once, in its own commit, whatever cuts the
job off; news of a known reference is not told again.

The job runs outside of requests and of publications: neither waits for who follows. Only
what is public to everybody is told: `is_tellable` says so, now.
"""

from __future__ import annotations

from .interface import (
    INewsReader,
    INewsSource,
    NewsSource,
    news_kinds,
    subject_kinds,
)
from .kinds import DISCLOSURES, News, NewsKind, Profile, Subject, SubjectKind, Topic
from .visibility import find_profile, is_tellable

__all__ = [
    "DISCLOSURES",
    "INewsReader",
    "INewsSource",
    "News",
    "NewsKind",
    "NewsSource",
    "Profile",
    "Subject",
    "SubjectKind",
    "Topic",
    "find_profile",
    "is_tellable",
    "news_kinds",
    "subject_kinds",
]
