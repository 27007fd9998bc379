"""Types that many modules need and nobody else names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

Translate = Callable[[str], str]
"""An English text → the same in the reader's language."""

Subject: TypeAlias = Any
"""What a chained auth function is asked about: a DataDict.

CKAN's types hand it one that may be None and take only one that is not.
"""
