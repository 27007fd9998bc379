"""News of apps, and what builders hear of the datasets that they use.

In: events of registrations; news of datasets, as other rooms tell them.

Out: `SOURCE`: apps can be followed, and that one is published or taken back is news of it
and of the datasets that it uses. `read_news` tells the builders of public apps what becomes
of their data, before it happens where that is known.
"""

from __future__ import annotations

from .kinds import DATA_NEWS
from .reader import read_news
from .source import SOURCE

__all__ = ["DATA_NEWS", "SOURCE", "read_news"]
