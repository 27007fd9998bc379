"""When the indexes of records are looked after: at each publication, and every minute."""

from __future__ import annotations

from collections.abc import Sequence

import ckan.plugins as p

from ckanext.gpo.common.news import INewsReader, News, Topic
from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.rest import RestOperations

from . import jobs

TOPICS = frozenset({Topic.PUBLISHED, Topic.SHAPE, Topic.WITHDRAWN})


class RecordWatch(RestOperations):
    """A part of the plugin of the search, which programs reach too."""

    p.implements(INewsReader, inherit=True)
    p.implements(ISweep, inherit=True)

    # INewsReader
    def read_news(self, news: Sequence[News]) -> None:
        if any(each.topic in TOPICS for each in news):
            jobs.enqueue()

    # ISweep
    def sweep(self) -> None:
        jobs.sweep()
