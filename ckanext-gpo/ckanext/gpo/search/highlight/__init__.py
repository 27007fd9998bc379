"""Where in a document's values stands what a query has found.

In: the terms that a query recorded, and the values of a document. Out: pieces of the
values with marks in them.
"""

from __future__ import annotations

from .highlighter import Highlighter
from .marker import Marker

__all__ = ["Highlighter", "Marker"]
