"""Datasets that were taken back, for harvesters that ask what has changed.

A stock CKAN's harvester asks for datasets modified since its last run. What is not public any
more would not be in the answer, and stay there for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from ckanext.gpo.common.news import Topic, find_profile, news_kinds, store

_SINCE: Final = re.compile(r"metadata_modified:\[([0-9T:.-]+)Z TO \*\]")

MOST: Final = timedelta(days=365)
"""How far back withdrawals are told."""


def changed_since(query: str) -> datetime | None:
    """Since when a query asks for what has changed; None if it asks for something else."""
    match = _SINCE.search(query)
    try:
        moment = datetime.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc) if moment else None


def withdrawals(since: datetime) -> Iterator[dict[str, Any]]:
    """What was withdrawn since a moment, and is not public again, as a stock CKAN knows what
    is deleted. Of each only what the page of its withdrawal tells everybody."""
    start = max(since, datetime.now(timezone.utc) - MOST)
    kinds = [kind for kind in news_kinds().values() if kind.topic is Topic.WITHDRAWN]
    latest = {
        news.subject: news
        for news in store.disclosures_since(start, kinds)
        if news.subject.kind == "dataset"
    }
    for subject, news in latest.items():
        if find_profile(subject) is None:
            moment = news.created.astimezone(timezone.utc).replace(tzinfo=None)
            yield {
                "id": subject.key,
                "name": news.facts["dataset"],
                "title": news.facts["title"],
                "type": "dataset",
                "state": "deleted",
                "metadata_modified": moment.isoformat(),
                "notes": "",
                "resources": [],
                "tags": [],
                "groups": [],
                "extras": [],
            }
