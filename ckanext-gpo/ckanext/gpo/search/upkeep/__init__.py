"""The care of the index: rebuilt, compared with the database, mended.

In: the datasets of the site, as CKAN would index them. Out: a whole new index, or the
differences and what could not be indexed. Used by commands and background jobs.
"""

from __future__ import annotations

from . import audit, commands, progress, rebuilding
from .progress import Progress
from .rebuilding import rebuild

__all__ = ["Progress", "audit", "commands", "progress", "rebuild", "rebuilding"]
