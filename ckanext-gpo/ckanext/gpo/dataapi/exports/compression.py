"""Texts made shorter on their way."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

_LEVEL: Final = 1
"""The fastest: a table has a fifth of its length then; a slow one would be in the way."""

_GZIP: Final = 16 + zlib.MAX_WBITS


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as gzip."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
