"""News of datasets.

In: events of versions in the ledger.

Out: `SOURCE`: that a dataset was published, with which shape, or withdrawn, in words of both
languages.
"""

from __future__ import annotations

from ckanext.gpo.common.news import NewsSource

from . import wording
from .events import news_from

__all__ = ["SOURCE"]

SOURCE = NewsSource(news_kinds=wording.KINDS, news_from=news_from)
