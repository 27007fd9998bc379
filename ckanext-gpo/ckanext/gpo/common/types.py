"""Types that many modules need and nobody else names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypeGuard

Translate = Callable[[str], str]
"""An English text → the same in the reader's language."""

Subject: TypeAlias = Any
"""What a chained auth function is asked about: a DataDict.

CKAN's types hand it one that may be None and take only one that is not.
"""


def is_many(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether a value of any kind holds others; a text is one value."""
    return isinstance(value, (list, tuple, set))
