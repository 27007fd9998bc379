"""News of the catalogue.

In: events of the ledger: a dataset is late, a disclosure item is released or taken back.

Out: `SOURCE`: what can be followed (datasets, domains, departments, items), and the news of
those events in words of both languages.
"""

from __future__ import annotations

from ckanext.gpo.common.news import NewsSource

from . import subjects, wording
from .events import news_from

__all__ = ["SOURCE"]

SOURCE = NewsSource(subjects.KINDS, wording.KINDS, news_from)
